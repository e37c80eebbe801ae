package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.kafka.KafkaSettings;
import java.time.Duration;
import java.util.List;

/**
 * Many decisions, and what is left on the gate's heap after a full collection at every tenth of
 * them. Ids are known for a minute here and not for ten, so that as many are forgotten as come long
 * before the end; every order ends within a second, on paper.
 */
record MemoryRun(int decisions) {
  private static final double INTENTS_PER_SECOND = 2_500;
  private static final double TRADES_PER_SECOND = 2_000;
  private static final String ID_WINDOW = "1m";
  private static final int SAMPLES = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  ObjectNode run(List<String> gateOptions) throws Exception {
    try (LiveStack stack = LiveStack.start(ID_WINDOW);
        JavaProcess gate = stack.gate(gateOptions);
        var feed = stack.feed();
        OpenLoop market = stack.market(TRADES_PER_SECOND, feed)) {
      return measure(stack.kafka(), gate);
    }
  }

  private ObjectNode measure(KafkaSettings kafka, JavaProcess gate) throws Exception {
    double[] liveMb = new double[SAMPLES];
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    try (RoundTrips answers =
        RoundTrips.start(
            kafka, new IntentTape("bench-").answeredOn(kafka), INTENTS_PER_SECOND, decisions)) {
      for (int i = 0; i < SAMPLES; i++) {
        while (answers.returned() < (long) decisions * (i + 1) / SAMPLES) {
          answers.requireNoFailure();
          gate.requireAlive();
          Thread.sleep(20);
        }
        liveMb[i] = gate.liveBytes() / 1e6;
      }
      answers.finish(PATIENCE);
      result.put("intents", decisions).put("answered", answers.returned());
    }
    ArrayNode all = result.putArray("live_mb");
    for (int i = 0; i < SAMPLES; i++) {
      all.add(liveMb[i]);
      result.put("live_mb_at_" + (i + 1) * 100 / SAMPLES + "_percent", liveMb[i]);
    }
    return result.put("second_half_mb_per_100000", slope(liveMb) * 1e5 * SAMPLES / decisions);
  }

  /** Megabytes a sample, by least squares over the second half. */
  private static double slope(double[] samples) {
    int first = samples.length / 2;
    int count = samples.length - first;
    double meanX = (count - 1) / 2.0;
    double meanY = 0;
    for (int i = 0; i < count; i++) {
      meanY += samples[first + i] / count;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < count; i++) {
      covariance += (i - meanX) * (samples[first + i] - meanY);
      variance += (i - meanX) * (i - meanX);
    }
    return covariance / variance;
  }
}
