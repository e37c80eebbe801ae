package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.RunProcess;
import io.sluice.cli.stack.BoundJvm;
import io.sluice.cli.stack.ChildProcess;
import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import java.nio.file.Path;
import java.time.Duration;
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
    try (FlinkCluster cluster = FlinkCluster.start(profile, folder.resolve("flink"), 2, 2);
        Load load = Load.start(kafka, SEED);
        Venue venue = Venue.open(kafka);
        RunningGate gate = ClusterGate.unbounded(Firm.options(folder, kafka, 2), cluster)) {
      Random random = new Random(SEED);
      for (int round = 0; round < ROUNDS; round++) {
        awaitDecisions(venue, random.nextInt(100));
        cluster.killTaskManager();
        cluster.addTaskManager();
      }
      awaitDecisions(venue, 20);
      settle(load, venue);
      gate.stop();
      new Audit(kafka, load, folder.resolve("gate")).check();
    }
  }

  @Test
  void theWholeJobIsKilled() throws Exception {
    KafkaSettings kafka = topics("job.");
    Path file = Firm.file(folder, kafka, 60_000);
    BoundJvm jvm =
        new BoundJvm(
            "the gate",
            RunProcess.class.getName(),
            List.of("-Xmx768m", "-Dsluice.home=src/test"),
            Map.of(),
            folder.resolve("gate.log"));
    List<String> run =
        List.of(
            "--config",
            file.toString(),
            "--profile",
            "chaos",
            "--state",
            folder.resolve("gate").toString(),
            "--parallelism",
            "2");
    try (Load load = Load.start(kafka, SEED + 1);
        Venue venue = Venue.open(kafka)) {
      Random random = new Random(SEED);
      for (int round = 0; round < ROUNDS; round++) {
        ChildProcess gate = jvm.start(run);
        awaitDecisions(venue, random.nextInt(200), gate);
        gate.kill();
      }
      try (EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 2))) {
        awaitDecisions(venue, 20);
        settle(load, venue);
        gate.stop();
      }
      new Audit(kafka, load, folder.resolve("gate")).check();
    }
  }

  @Test
  void theParallelismGrowsFromSavepointToSavepoint() throws Exception {
    KafkaSettings kafka = topics("rescale.");
    try (Load load = Load.start(kafka, SEED + 2);
        Venue venue = Venue.open(kafka)) {
      for (int parallelism : new int[] {1, 2, 4}) {
        try (EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, parallelism))) {
          awaitDecisions(venue, 100);
          if (parallelism == 4) {
            settle(load, venue);
          }
          gate.stop();
        }
      }
      new Audit(kafka, load, folder.resolve("gate")).check();
    }
  }

  @Test
  void aZombieLivesBesideTheNewGate() throws Exception {
    KafkaSettings kafka = topics("zombie.");
    try (Load load = Load.start(kafka, SEED + 3);
        Venue venue = Venue.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 1))) {
      awaitDecisions(venue, 100);
      Path elsewhere = java.nio.file.Files.createDirectories(folder.resolve("zombie"));
      try (EmbeddedGate zombie = EmbeddedGate.unbounded(Firm.options(elsewhere, kafka, 2))) {
        awaitDecisions(venue, 300);
        assertThat(zombie.jobId()).isNotEqualTo(gate.jobId());
        settle(load, venue);
        gate.stop();
        zombie.stop();
      }
      new Audit(kafka, load, elsewhere.resolve("gate")).check();
      new Audit(kafka, load, folder.resolve("gate")).check();
    }
  }

  @Test
  void kafkaIsRestartedUnderLoad() throws Exception {
    KafkaSettings kafka = topics("broker.");
    try (Load load = Load.start(kafka, SEED + 4);
        Venue venue = Venue.open(kafka);
        EmbeddedGate gate = EmbeddedGate.unbounded(Firm.options(folder, kafka, 2))) {
      awaitDecisions(venue, 100);
      broker.kill();
      broker.restart();
      awaitDecisions(venue, 100);
      broker.stop();
      broker.restart();
      awaitDecisions(venue, 100);
      settle(load, venue);
      gate.stop();
      new Audit(kafka, load, folder.resolve("gate")).check();
    }
  }

  private static KafkaSettings topics(String prefix) {
    KafkaSettings kafka = broker.settings().withPrefix(prefix);
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    return kafka;
  }

  private static void awaitDecisions(Venue venue, int more) {
    int count = venue.decisions() + more;
    await(() -> venue.decisions() >= count, more + " more decisions");
  }

  private static void awaitDecisions(Venue venue, int more, ChildProcess gate) {
    int count = venue.decisions() + more;
    await(
        () -> {
          assertThat(gate.handle().isAlive()).as(() -> "gate alive" + gate.tail()).isTrue();
          return venue.decisions() >= count;
        },
        more + " more decisions");
  }

  /** Ends the flow, and waits until all of it is answered. */
  private static void settle(Load load, Venue venue) throws InterruptedException {
    load.stop();
    await(() -> venue.decisions() >= load.readable().size(), "every intent answered");
    venue.stop();
  }

  private static void await(java.util.function.BooleanSupplier condition, String what) {
    Desk.awaitThat(condition, what, Duration.ofSeconds(120));
  }
}
