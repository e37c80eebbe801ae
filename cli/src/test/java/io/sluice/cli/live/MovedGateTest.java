package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However wide a gate runs, from which savepoint and beside which other, it comes to the same
 * bytes.
 */
class MovedGateTest {
  private static final long SEED = 20_240_611;

  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SharedBroker.get();
  }

  /** And the state backend changes, as at an upgrade. */
  @Test
  void theParallelismGrowsFromSavepointToSavepoint() throws Exception {
    KafkaSettings kafka = Flow.topics(broker, "rescale.");
    try (Flow flow = Flow.start(kafka, SEED + 2)) {
      for (int parallelism : new int[] {1, 2, 4}) {
        EmbeddedGate.Options options = Firm.options(folder, kafka, parallelism);
        Path profile = StoreSavepointTest.profile(folder, parallelism == 2 ? "rocksdb" : "hashmap");
        try (EmbeddedGate gate =
            EmbeddedGate.unbounded(
                new EmbeddedGate.Options(
                    options.configuration(), profile, options.folder(), parallelism, 0))) {
          flow.awaitDecisions(100);
          if (parallelism == 4) {
            flow.settle();
          }
          gate.stop();
        }
      }
      flow.audit(Firm.stateIn(folder));
    }
  }

  @Test
  void aZombieLivesBesideTheNewGate() throws Exception {
    KafkaSettings kafka = Flow.topics(broker, "zombie.");
    Path elsewhere = Files.createDirectories(folder.resolve("zombie"));
    try (Flow flow = Flow.start(kafka, SEED + 3);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 1))) {
      flow.awaitDecisions(100);
      try (EmbeddedGate zombie = EmbeddedGate.unbounded(Firm.options(elsewhere, kafka, 2))) {
        flow.awaitDecisions(300);
        flow.settle();
        gate.stop();
        zombie.stop();
      }
      long repeats = flow.audit(Firm.stateIn(folder), Firm.stateIn(elsewhere));
      assertThat(repeats).as("lines that both have written").isPositive();
    }
  }

  /** More tasks than partitions: whatever is identified by its record must keep its order. */
  @Test
  void thereAreMoreTasksThanPartitions() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("wide.");
    OnePartition.each(kafka);
    try (Flow flow = Flow.start(kafka, SEED + 5);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 12))) {
      flow.awaitDecisions(300);
      flow.settle();
      gate.stop();
      flow.audit(Firm.stateIn(folder));
    }
  }
}
