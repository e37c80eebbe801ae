package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.cli.stack.FreePort;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Gate and archive on a cluster as an operator runs them: by commands, with the job's jar. */
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class ClusterTest {
  private static final Pattern PROCESS = Pattern.compile("\\(process (\\d+)\\)");
  private static final String HOME = "sluice.home";

  @TempDir Path folder;
  private String homeBefore;

  @BeforeEach
  void fromTheCheckout() {
    homeBefore = System.setProperty(HOME, "..");
  }

  @AfterEach
  void leaveNothing() {
    call("down");
    if (homeBefore == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, homeBefore);
    }
  }

  private Cli.Run call(Object... arguments) {
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--dir", folder));
    return Cli.run(all.toArray());
  }

  private String done(Object... arguments) {
    Cli.Run run = call(arguments);
    assertThat(run.code()).as(() -> run.err() + run.out()).isZero();
    return run.out();
  }

  /** Flink's own command line, whose options come last. */
  private String flink(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("flink", "--dir", folder));
    all.addAll(Arrays.asList(arguments));
    return Cli.done(all.toArray()).out();
  }

  @Test
  void aGateIsSubmittedSavedStoppedAndResumedByBothCommandLines() throws Exception {
    List<ProcessHandle> processes = processes(done("up", "--cluster", "--without-archive"));
    assertThat(processes).as("broker, job manager, task manager").hasSize(3);
    Path state = folder.resolve("gate");
    try (Desk desk = Desk.open(kafka().withPrefix("cluster."))) {
      Path config = configuration();
      String submitted = done("job", "submit", "--config", config, "--state", state);
      assertThat(submitted).contains("from the first record of risk.inputs");
      desk.trade("100");
      int answered = desk.intentsUntilOneIsAllowed();

      assertThat(call("job", "submit", "--config", config, "--state", state).err())
          .contains("has the state folder", "./sluice job stop");
      assertThat(done("job", "list")).contains("sluice risk gate", "RUNNING");
      assertThat(flink("list", "--running")).contains("sluice risk gate (RUNNING)");
      assertThat(savepoint(done("job", "savepoint", "--state", state))).exists();
      Path stopped = savepoint(done("job", "stop", "--state", state));
      assertThat(stopped).exists();
      assertThat(call("job", "stop", "--state", state).err()).contains("no job of the cluster");

      String jar = Path.of(System.getProperty("sluice.cluster"), "sluice-job.jar").toString();
      String run = flink("run", "--detached", "-s", stopped, jar, "--config", config);
      Matcher id = Pattern.compile("JobID ([0-9a-f]{32})").matcher(run);
      assertThat(id.find()).as(run).isTrue();
      answered = answer(desk, answered, "by-flink");
      Path saved = folder.resolve("by-flink");
      String path = flink("stop", "--savepointPath", saved, id.group(1));
      assertThat(path).contains("Savepoint completed");

      Path from = savepoint(path);
      assertThat(done("job", "resume", "--config", config, "--state", state, "--from", from))
          .contains("going on from " + from);
      answer(desk, answered, "resumed");
    }
    assertThat(done("down")).contains("Flink is down", "Kafka is down");
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(folder.resolve("flink").resolve("cluster.json")).doesNotExist();
  }

  /** Nothing is submitted: the gate's main class runs in the job manager. */
  @Test
  void anApplicationClusterIsUpForItsGateAlone() throws Exception {
    done("up", "--without-archive");
    try (Desk desk = Desk.open(kafka().withPrefix("cluster."))) {
      Cli.Run wrong = call("up", "--cluster", "--application", folder.resolve("none.yaml"));
      assertThat(wrong.err()).contains("none.yaml cannot be read");
      List<ProcessHandle> processes =
          processes(done("up", "--cluster", "--application", configuration()));
      assertThat(processes).as("job manager, task manager").hasSize(2);
      desk.trade("100");
      desk.intentsUntilOneIsAllowed();
      assertThat(call("up", "--cluster").err()).contains("is up already", "job-manager-1");
      assertThat(call("status").out()).contains("task-manager-1 is up (process");
      assertThat(done("down")).contains("Flink is down");
      assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }
  }

  /** Which jobs ran stands in ZooKeeper and on disk; nobody submits them again. */
  @Test
  void jobsOutliveAClusterWithHighAvailability() throws Exception {
    String port = String.valueOf(FreePort.orAny(0, 0));
    Object[] kafkaUp = {"up", "--without-archive", "--kafka-port", port};
    Object[] clusterUp = {
      "up",
      "--cluster",
      "--profile",
      "staging",
      "--flink",
      "taskmanager.memory.process.size=1400m",
      "--flink",
      "execution.checkpointing.interval=2 s"
    };
    Path state = folder.resolve("gate");
    done(kafkaUp);
    done(clusterUp);
    try (Desk desk = Desk.open(kafka().withPrefix("cluster."))) {
      done("job", "submit", "--config", configuration(), "--state", state);
      desk.trade("100");
      int answered = desk.intentsUntilOneIsAllowed();
      String jobs = done("job", "list", "--json");
      assertThat(done("down")).contains("Flink is down", "Kafka is down");

      done(kafkaUp);
      done(clusterUp);
      Desk.awaitThat(
          () -> call("job", "list", "--json").out().contains("RUNNING"),
          "the job of before",
          Duration.ofMinutes(2));
      Pattern id = Pattern.compile("[0-9a-f]{32}");
      assertThat(id.matcher(done("job", "list", "--json")).results().map(MatchResult::group))
          .as("the same job, and no other")
          .containsExactlyElementsOf(id.matcher(jobs).results().map(MatchResult::group).toList());
      desk.trade("100");
      answer(desk, answered, "outlived");
      assertThat(done("job", "stop", "--state", state)).contains("is stopped, its savepoint:");
    }
  }

  /** As many decisions as intents: what was answered before is not answered again otherwise. */
  private static int answer(Desk desk, int before, String id) {
    desk.intent(id, "1");
    List<JsonNode> decisions = desk.await(Topic.RISK_DECISIONS, before + 1);
    assertThat(decisions.stream().map(one -> one.path("intent_id").textValue()).distinct())
        .hasSize(before + 1)
        .contains(id);
    return before + 1;
  }

  private static List<ProcessHandle> processes(String up) {
    return PROCESS
        .matcher(up)
        .results()
        .map(match -> ProcessHandle.of(Long.parseLong(match.group(1))).orElseThrow())
        .toList();
  }

  private static Path savepoint(String said) {
    Matcher path = Pattern.compile("(?:file:)?(/\\S*savepoint-\\S+)").matcher(said);
    assertThat(path.find()).as(said).isTrue();
    return Path.of(path.group(1));
  }

  private KafkaSettings kafka() throws IOException {
    JsonNode status = Desk.json(call("status", "--json").out().strip().getBytes());
    return KafkaSettings.local(status.path("bootstrap").textValue());
  }

  private Path configuration() throws IOException {
    Path file = folder.resolve("gate.yaml");
    KafkaSettings kafka = kafka().withPrefix("cluster.");
    return Files.writeString(
        file,
        Desk.RISK
            + "kafka: {bootstrap: \"%s\", topic_prefix: \"%s\"}\n"
                .formatted(kafka.bootstrap(), kafka.topicPrefix()));
  }
}
