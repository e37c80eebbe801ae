package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.archive.Archive;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.ClusterBuild;
import io.sluice.cli.stack.ClusterPlan;
import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged profile {@code production} on processes of their own, with the job's jar: whatever
 * is killed while intents flow, every intent has one decision, and books, limits and halts are
 * those of a gate that never stopped. How long it took is written to {@code target/results.md}.
 */
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class ClusterFaultsTest {
  private static final long SEED = 20_261_129;
  private static final Path RESULTS = Path.of("target/results.md");

  /** What one machine has room for; all else is the profile's. */
  private static final Map<String, String> SIZES =
      Map.of(
          "jobmanager.memory.process.size", "1g",
          "taskmanager.memory.process.size", "1800m");

  @TempDir Path folder;
  private KafkaBroker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = KafkaBroker.start();
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  private FlinkCluster production() throws Exception {
    FlinkProfile profile = new FlinkProfile(Path.of("../flink-conf/production"));
    return FlinkCluster.start(
        ClusterPlan.bound(
            profile.configuration(SIZES),
            folder.resolve("flink"),
            profile.jobManagers(),
            profile.taskManagers()));
  }

  private RunningGate gate(FlinkCluster cluster, JobConfiguration configuration)
      throws IOException, InterruptedException {
    EmbeddedGate.Options options =
        new EmbeddedGate.Options(
            configuration, folder.resolve("flink/conf"), Firm.stateIn(folder), 1, 0);
    return ClusterGate.unbounded(
        options, cluster.client(), Optional.of(ClusterBuild.found().jobJar()), Optional.empty());
  }

  @Test
  void processesAreKilledWhileIntentsFlow() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("faults.");
    ClickHouse clickHouse = LocalClickHouse.start();
    try (Archive archive = Archive.open(broker, clickHouse, "faults");
        FlinkCluster cluster = production();
        Flow flow = Flow.start(kafka, SEED)) {
      JobConfiguration configuration = ConfigurationFile.readJob(Firm.file(folder, kafka, 60_000));
      RunningGate gate = gate(cluster, configuration);
      RunningJob archiving =
          ClusterGate.archive(
              new EmbeddedArchive.Options(
                  archive.settings(),
                  kafka,
                  folder.resolve("flink/conf"),
                  folder.resolve("gate/archive"),
                  1),
              cluster.client(),
              Optional.of(ClusterBuild.found().jobJar()));
      flow.awaitDecisions(200);

      Duration briefly = Duration.ofSeconds(15);
      result("a task manager is killed", flow.outage(cluster::killBusyTaskManager, briefly), 30);
      cluster.addTaskManager();
      cluster.awaitTaskManagers(2);

      // Its session has to end before anybody takes its place.
      result(
          "the leading job manager is killed",
          flow.outage(cluster::killJobManager, Duration.ofSeconds(40)),
          60);
      cluster.addJobManager();

      result(
          "Kafka is killed and started again",
          flow.outage(
              () -> {
                broker.kill();
                broker.restart();
              },
              briefly),
          60);
      result(
          "ClickHouse is killed and started again",
          flow.outage(
              () -> {
                clickHouse.kill();
                clickHouse.restart();
              },
              briefly),
          10);

      flow.settle();
      archive.awaitRows("decisions", flow.decisions());
      gate.stop();
      archiving.stop();
      flow.audit(Firm.stateIn(folder));
      assertThat(archive.strings("SELECT toString(count()) FROM decisions FINAL"))
          .containsExactly(String.valueOf(flow.decisions()));
    } finally {
      LocalClickHouse.end(clickHouse);
    }
  }

  /** 10,000 instruments and 1,000 accounts in state. */
  @Test
  void aLargeFirmIsSavedAndRecovered() throws Exception {
    KafkaSettings kafka = broker.settings().withPrefix("large.");
    LargeFirm firm = LargeFirm.open(kafka, 10_000, 1_000, SEED);
    try (firm;
        FlinkCluster cluster = production()) {
      JobConfiguration configuration = ConfigurationFile.readJob(firm.file(folder));
      RunningGate gate = gate(cluster, configuration);
      firm.openBooks();
      firm.startFlow();
      firm.awaitDecisions(2_000);

      long begun = System.nanoTime();
      Path savepoint;
      try (ClusterJobs jobs = ClusterJobs.of(cluster.client())) {
        savepoint =
            jobs.savepoint(
                org.apache.flink.api.common.JobID.fromHexString(gate.jobId()),
                Firm.stateIn(folder));
      }
      double savepointS = (System.nanoTime() - begun) / 1e9;
      write(
          "a savepoint of 10,000 instruments and 1,000 accounts: %.1f s, %.1f MB"
              .formatted(savepointS, sizeOf(savepoint) / 1e6));
      assertThat(savepointS).isLessThan(20);

      result(
          "a task manager is killed, 10,000 instruments and 1,000 accounts in state",
          Outage.of(cluster::killBusyTaskManager, firm::decisions, Duration.ofSeconds(15)),
          30);
      firm.settle();
      firm.everyIntentHasOneDecision();
      gate.stop();
    }
  }

  private static long sizeOf(Path savepoint) throws IOException {
    try (var files = Files.list(savepoint)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void result(String fault, Outage outage, int limitS) throws IOException {
    write(fault + ": " + outage);
    assertThat(outage.recovery()).as(fault).isLessThan(Duration.ofSeconds(limitS));
  }

  private static void write(String line) throws IOException {
    Files.writeString(
        RESULTS,
        "- " + line + System.lineSeparator(),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
