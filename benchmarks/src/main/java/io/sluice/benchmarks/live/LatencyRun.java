package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.live.RoundTrips.Subject;
import io.sluice.cli.live.Latencies;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Intents at a steady rate behind a steady market, and how long each waited for its decision; and
 * beside them, at the same rate and in the same time, records of an intent's size that a producer
 * hands to a consumer through the same broker.
 *
 * <p>It is measured in windows, one after the other, of one gate that has been warmed up: a gate of
 * a desk runs for days, and the first minutes of a process belong to its compiler. The load is
 * raised in steps before, since what a gate still being compiled cannot keep up with would pile up.
 *
 * @param intentsPerSecond also the rate of the control
 * @param warmUpS seconds at the full rate before the first window; half as long at a fifth and at
 *     half of it before
 * @param seconds that a window lasts
 */
record LatencyRun(double tradesPerSecond, double intentsPerSecond, int warmUpS, int seconds) {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final String PROBE = "bench.probe";
  private static final int INTENT_BYTES = new IntentTape("bench-").intent(0, 0).toJson().length;

  /** What a window begins with is not counted: its clients have just connected. */
  private static final int SKIPPED_SECONDS = 3;

  /** What is done with a gate that has been warmed up, behind a market. */
  interface Work {
    void on(JavaProcess gate) throws Exception;
  }

  List<ObjectNode> run(List<String> gateOptions, int windows) throws Exception {
    List<ObjectNode> results = new ArrayList<>();
    try (LiveStack stack = LiveStack.start("10m")) {
      whileRunning(
          stack,
          gateOptions,
          gate -> {
            for (int window = 1; window <= windows; window++) {
              results.add(measure(stack, gate, "w" + window + "-"));
              System.err.println("  window " + window + ": " + results.get(window - 1));
            }
          });
    }
    return results;
  }

  /** Starts a gate and its market, warms it up, does the work and ends it. */
  void whileRunning(LiveStack stack, List<String> gateOptions, Work work) throws Exception {
    stack.createTopic(PROBE, Topic.STRATEGY_INTENTS.partitions());
    try (JavaProcess gate = stack.gate(gateOptions);
        var feed = stack.feed();
        OpenLoop market = stack.market(tradesPerSecond, feed)) {
      // First a few, until they are answered: nothing must pile up before the gate reads it.
      load(stack.kafka(), "first-", 50, 5);
      load(stack.kafka(), "slow-", intentsPerSecond / 5, warmUpS / 2);
      load(stack.kafka(), "half-", intentsPerSecond / 2, warmUpS / 2);
      load(stack.kafka(), "full-", intentsPerSecond, warmUpS);
      work.on(gate);
    }
  }

  private static void load(KafkaSettings kafka, String prefix, double perSecond, int seconds)
      throws Exception {
    int count = IntentTape.wholeTurns((long) (perSecond * seconds));
    try (RoundTrips broker = RoundTrips.start(kafka, probe(), perSecond, count);
        RoundTrips answers =
            RoundTrips.start(kafka, new IntentTape(prefix).answeredOn(kafka), perSecond, count)) {
      answers.finish(PATIENCE);
      broker.finish(PATIENCE);
    }
  }

  /**
   * One window.
   *
   * @param prefix of its intents' ids
   */
  ObjectNode measure(LiveStack stack, JavaProcess gate, String prefix) throws Exception {
    gate.requireAlive();
    KafkaSettings kafka = stack.kafka();
    List<Cores> used =
        List.of(
            Cores.of("gate", gate.handle()),
            Cores.of("broker", stack.broker()),
            Cores.of("load", ProcessHandle.current()));
    int count = IntentTape.wholeTurns((long) ((SKIPPED_SECONDS + seconds) * intentsPerSecond));
    int first = (int) (SKIPPED_SECONDS * intentsPerSecond);
    try (RoundTrips broker = RoundTrips.start(kafka, probe(), intentsPerSecond, count);
        RoundTrips answers =
            RoundTrips.start(
                kafka, new IntentTape(prefix).answeredOn(kafka), intentsPerSecond, count)) {
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
