package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.live.RoundTrips.Subject;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Intents at a steady rate behind a steady market, and how long each waited for its decision; and
 * beside them, at the same rate and in the same time, records of an intent's size that a producer
 * hands to a consumer through the same broker.
 *
 * @param intentsPerSecond also the rate of the control
 * @param warmUpS seconds that are not counted: the gate is compiled in them
 * @param seconds that are counted
 */
record LatencyRun(double tradesPerSecond, double intentsPerSecond, int warmUpS, int seconds) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PROBE = "bench.probe";
  private static final int INTENT_BYTES = new IntentTape("bench-").intent(0, 0).toJson().length;

  ObjectNode run(List<String> gateOptions) throws Exception {
    try (LiveStack stack = LiveStack.start("10m")) {
      stack.createTopic(PROBE, Topic.STRATEGY_INTENTS.partitions());
      try (JavaProcess gate = stack.gate(gateOptions);
          var feed = stack.feed();
          OpenLoop market = stack.market(tradesPerSecond, feed)) {
        awaitUp(stack.kafka());
        return measure(stack, gate);
      }
    }
  }

  /** A few intents, until they are answered: the load must not pile up before the gate reads it. */
  private static void awaitUp(KafkaSettings kafka) throws Exception {
    try (RoundTrips first =
        RoundTrips.start(kafka, new IntentTape("first-").answeredOn(kafka), 20, 100)) {
      first.finish(PATIENCE);
    }
  }

  private ObjectNode measure(LiveStack stack, JavaProcess gate) throws Exception {
    KafkaSettings kafka = stack.kafka();
    List<Cores> used =
        List.of(
            Cores.of("gate", gate.handle()),
            Cores.of("broker", stack.broker()),
            Cores.of("load", ProcessHandle.current()));
    int first = (int) (warmUpS * intentsPerSecond);
    int count = first + (int) (seconds * intentsPerSecond);
    try (RoundTrips broker = RoundTrips.start(kafka, probe(), intentsPerSecond, count);
        RoundTrips answers =
            RoundTrips.start(
                kafka, new IntentTape("bench-").answeredOn(kafka), intentsPerSecond, count)) {
      awaitWarm(answers, gate, first);
      used.forEach(Cores::restart);
      answers.finish(PATIENCE);
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      used.forEach(cores -> result.put(cores.name() + "_cores", cores.used()));
      broker.finish(PATIENCE);
      result.put("intents", count).put("answered", answers.returned());
      result.put("repeated", answers.repeated());
      put(result, "gate", answers.latencies(first, count));
      put(result, "broker", broker.latencies(first, count));
      for (String share : List.of("p50_ms", "p99_ms", "p999_ms")) {
        result.put(
            "over_" + share,
            result.path("gate_" + share).doubleValue()
                - result.path("broker_" + share).doubleValue());
      }
      return result;
    }
  }

  private static void awaitWarm(RoundTrips answers, JavaProcess gate, int first) throws Exception {
    while (answers.returned() < first) {
      gate.requireAlive();
      Thread.sleep(20);
    }
  }

  private static Subject probe() {
    return new Subject(
        "probe",
        n -> {
          byte[] value = ByteBuffer.allocate(INTENT_BYTES).putLong(n).array();
          return new ProducerRecord<>(
              PROBE, LiveStack.key(LiveDesk.instrument((int) (n % LiveDesk.INSTRUMENTS))), value);
        },
        PROBE,
        value -> ByteBuffer.wrap(value).getLong());
  }

  private static void put(ObjectNode result, String of, Latencies latencies) {
    result.put(of + "_p50_ms", latencies.ms(0.5)).put(of + "_p90_ms", latencies.ms(0.9));
    result.put(of + "_p99_ms", latencies.ms(0.99)).put(of + "_p999_ms", latencies.ms(0.999));
    result.put(of + "_max_ms", latencies.ms(1));
  }
}
