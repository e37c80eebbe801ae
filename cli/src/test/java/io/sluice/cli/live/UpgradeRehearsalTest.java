package io.sluice.cli.live;

import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade as docs/upgrades.md has it, on clusters of processes of their own while intents flow:
 * the gate is stopped with a savepoint, its cluster goes, another one comes and goes on from the
 * savepoint, on the other state backend and at another parallelism. In the end every intent has one
 * answer, and journal and state are those of a second gate that folds the same entries from the
 * first on without interruption.
 */
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class UpgradeRehearsalTest {
  private static final long SEED = 20_261_129;

  @TempDir Path folder;
  private int started;

  @Test
  void whatIsDecidedAfterUpgradesIsWhatWouldHaveBeenWithoutThem() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start()) {
      KafkaSettings kafka = broker.settings().withPrefix("rehearsal.");
      try (Topics topics = Topics.open(kafka)) {
        topics.createMissing();
      }
      try (Flow flow = Flow.start(kafka, SEED)) {
        build("hashmap", 1, kafka, flow, false);
        build("rocksdb", 2, kafka, flow, false);
        build("hashmap", 1, kafka, flow, true);
        flow.audit(Firm.stateIn(folder));
      }
    }
  }

  /** The gate's life under one build. */
  private void build(
      String backend, int parallelism, KafkaSettings kafka, Flow flow, boolean isLast)
      throws Exception {
    Path profile = StoreSavepointTest.profile(folder, backend);
    EmbeddedGate.Options firm = Firm.options(folder, kafka, parallelism);
    EmbeddedGate.Options options =
        new EmbeddedGate.Options(firm.configuration(), profile, firm.folder(), parallelism, 0);
    var flink = GlobalConfiguration.loadConfiguration(profile.toString());
    long startNanos = System.nanoTime();
    try (FlinkCluster cluster =
            FlinkCluster.start(flink, folder.resolve("flink-" + started++), parallelism, 1);
        RunningGate gate = ClusterGate.unbounded(options, cluster)) {
      flow.awaitDecisions(1);
      print(backend, "first decision after", startNanos);
      flow.awaitDecisions(200);
      if (isLast) {
        flow.settle();
      }
      long stopNanos = System.nanoTime();
      gate.stop();
      print(backend, "savepoint in", stopNanos);
    }
  }

  private static void print(String backend, String what, long sinceNanos) {
    long ms = Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis();
    System.out.printf("rehearsal on %s: %s %d ms%n", backend, what, ms);
  }
}
