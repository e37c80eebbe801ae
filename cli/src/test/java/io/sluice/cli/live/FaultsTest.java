package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import io.sluice.cli.RunProcess;
import io.sluice.cli.stack.BoundJvm;
import io.sluice.cli.stack.ChildProcess;
import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever dies, every intent has one answer, and books, limits and halts are those of a gate that
 * never died.
 */
class FaultsTest {
  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 20 : 3;
  private static final long SEED = 20_240_611;

  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aTaskManagerIsKilled() throws Exception {
    KafkaSettings kafka = topics("taskmanager.");
    var profile = GlobalConfiguration.loadConfiguration("src/test/flink-conf/chaos");
    EmbeddedGate.Options options = Firm.options(folder, kafka, 2);
    try (FlinkCluster cluster = FlinkCluster.start(profile, folder.resolve("flink"), 2, 1);
        Flow flow = Flow.start(kafka, SEED);
        RunningGate gate = ClusterGate.unbounded(options, cluster)) {
      Random random = new Random(SEED);
      for (int round = 0; round < ROUNDS; round++) {
        flow.awaitDecisions(1 + random.nextInt(200));
        cluster.killTaskManager();
        cluster.addTaskManager();
      }
      flow.awaitDecisions(20);
      flow.settle();
      gate.stop();
      flow.audit(options.folder());
    }
  }

  @Test
  void theWholeJobIsKilled() throws Exception {
    KafkaSettings kafka = topics("job.");
    EmbeddedGate.Options options = Firm.options(folder, kafka, 2);
    try (Flow flow = Flow.start(kafka, SEED + 1)) {
      Random random = new Random(SEED);
      for (int round = 0; round < ROUNDS; round++) {
        ChildProcess gate = run(options);
        flow.awaitDecisions(1 + random.nextInt(1_000), isAlive(gate));
        gate.kill();
      }
      try (EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
        flow.awaitDecisions(20);
        flow.settle();
        gate.stop();
      }
      flow.audit(options.folder());
    }
  }

  private Runnable isAlive(ChildProcess gate) {
    return () ->
        assertThat(gate.handle().isAlive())
            .as(() -> "alive: " + contentOf(folder.resolve("gate.log").toFile()))
            .isTrue();
  }

  private ChildProcess run(EmbeddedGate.Options options) throws Exception {
    Path log = folder.resolve("gate.log");
    List<String> jvm = List.of("-Xmx768m", "-Dsluice.home=src/test");
    return new BoundJvm("the gate", RunProcess.class.getName(), jvm, Map.of(), log)
        .start(
            List.of(
                "--config=" + folder.resolve(Firm.FILE),
                "--profile=chaos",
                "--state=" + options.folder(),
                "--parallelism=" + options.parallelism()));
  }

  /** And the state backend changes, as at an upgrade. */
  @Test
  void theParallelismGrowsFromSavepointToSavepoint() throws Exception {
    KafkaSettings kafka = topics("rescale.");
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
    KafkaSettings kafka = topics("zombie.");
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
      long repeats = flow.audit(Firm.stateIn(folder));
      assertThat(repeats).as("lines that both have written").isPositive();
      flow.audit(Firm.stateIn(elsewhere));
    }
  }

  /** What the gate had taken in and Kafka did not have yet when both were gone must come again. */
  @Test
  void kafkaIsRestartedUnderLoadAndTheGateDiesMeanwhile() throws Exception {
    KafkaSettings kafka = topics("broker.");
    EmbeddedGate.Options options = Firm.options(folder, kafka, 2);
    try (Flow flow = Flow.start(kafka, SEED + 4)) {
      ChildProcess killed = run(options);
      flow.awaitDecisions(200, isAlive(killed));
      broker.kill();
      // Some checkpoints long.
      flow.awaitSteps(300);
      killed.kill();
      broker.restart();
      try (EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
        flow.awaitDecisions(100);
        broker.stop();
        broker.restart();
        flow.awaitDecisions(100);
        flow.settle();
        gate.stop();
      }
      flow.audit(options.folder());
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

  private static KafkaSettings topics(String prefix) {
    KafkaSettings kafka = broker.settings().withPrefix(prefix);
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    return kafka;
  }
}
