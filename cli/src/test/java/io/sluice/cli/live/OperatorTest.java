package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.cli.stack.StackException;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator does with a gate that runs on a real broker: command it, look at it, check it.
 */
class OperatorTest {
  private static final String PREFIX = "operator.";

  @TempDir static Path folder;
  private static KafkaBroker broker;
  private static KafkaSettings kafka;
  private static Desk desk;
  private static EmbeddedGate gate;
  private static Path config;

  @BeforeAll
  static void startGate() throws Exception {
    broker = SharedBroker.get();
    kafka = broker.settings().withPrefix(PREFIX);
    desk = Desk.open(kafka);
    config = configuration("live.yaml", "other", "3");
    gate = EmbeddedGate.unbounded(options(config, folder.resolve("gate")));
  }

  @AfterAll
  static void stop() throws Exception {
    gate.close();
    desk.close();
  }

  private static Path configuration(String name, String groupOfTwo, String maxQty)
      throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        instruments: [{id: "TEST:BTCUSD", base: BTC, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}]
        accounts:
          - {id: one, group: firm, profile: p, currency: USD, kind: cash, cash: "1000000"}
          - {id: two, group: %s, profile: p, currency: USD, kind: cash, cash: "1000000"}
        profiles: {p: {max_consecutive_losses: 1000}}
        limits: [{scope: firm, max_qty: "%s"}]
        clock: wall
        control: {authority: tighten}
        kafka: {bootstrap: "%s", topic_prefix: %s}
        """
            .formatted(groupOfTwo, maxQty, kafka.bootstrap(), PREFIX));
  }

  private static EmbeddedGate.Options options(Path config, Path gateFolder) {
    JobConfiguration configuration = ConfigurationFile.readJob(config);
    return new EmbeddedGate.Options(
        configuration, Path.of("../flink-conf/local"), gateFolder, 1, 0);
  }

  private static Cli.Run control(String command, String scope, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of("control", command, "--scope", scope, "--reason", "a test", "--wait", "60s"));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private static Object[] byAddress(String prefix) {
    return new Object[] {"--bootstrap", kafka.bootstrap(), "--topic-prefix", prefix};
  }

  @Test
  void everyGroupThatACommandTouchesAnswersIt() {
    Cli.Run run = control("halt", "instrument:TEST:BTCUSD", "--config", config, "--for", "1h");
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out())
        .contains("stands in operator.control.commands at offset")
        .contains("group firm: HALT instrument:TEST:BTCUSD at 2")
        .contains("group other: HALT instrument:TEST:BTCUSD at 2")
        .doesNotContain("unassigned");
  }

  @Test
  void aCommandIsAnsweredWithoutAConfigurationToo() {
    Cli.Run run =
        control(
            "set-limits",
            "account:two",
            "--bootstrap",
            kafka.bootstrap(),
            "--topic-prefix",
            PREFIX,
            "--limit",
            "max_qty=2",
            "--by",
            "officer",
            "--json");
    assertThat(run.code()).as(run.toString()).isZero();
    JsonNode answer = Desk.json(run.out().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.path("done").booleanValue()).isTrue();
    assertThat(answer.path("silent")).isEmpty();
    assertThat(answer.path("answers")).hasSize(1);
    JsonNode event = answer.path("answers").get(0);
    assertThat(event.path("type").asText()).isEqualTo("LIMITS_SET");
    assertThat(event.path("detail").path("group").asText()).isEqualTo("other");
    assertThat(event.path("detail").path("issued_by").asText()).isEqualTo("officer");
    assertThat(event.path("detail").path("limits").path("max_qty").asText()).isEqualTo("2");
  }

  @Test
  void aHeartbeatByHandAndAUserRuleAreAnswered() {
    Cli.Run beat = control("heartbeat", "account:one", "--config", config);
    assertThat(beat.code()).as(beat.toString()).isZero();
    assertThat(beat.out()).contains("group firm: HEARD account:one at 2");
    Cli.Run rule =
        control(
            "set-user-rule",
            "firm",
            "--config",
            config,
            "--name",
            "huge",
            "--when",
            "intent.qty > 1000.0",
            "--then",
            "deny");
    assertThat(rule.code()).as(rule.toString()).isZero();
    assertThat(rule.out()).contains("group firm: USER_RULE_SET firm at 2");
  }

  @Test
  void whatStandingCommandsSetIsShownWithTheirIds() {
    Cli.done(
        "control",
        "set-limits",
        "--scope",
        "instrument:TEST:BTCUSD",
        "--reason",
        "thin",
        "--by",
        "officer",
        "--limit",
        "max_spread=0.02",
        "--wait",
        "60s",
        "--config",
        config);
    assertThat(Cli.done("config", "show", "--config", config, "--commands").out())
        .containsPattern(
            "limits\\[instrument:TEST:BTCUSD]\\.max_spread +0\\.02 +command \\S+ by officer at 2")
        .containsPattern("limits\\[firm]\\.max_qty +3 +live\\.yaml:6")
        .doesNotContain("default");
  }

  @Test
  void aRefusalIsSaidWithItsReason() {
    Cli.Run run = control("resume", "firm", "--config", config);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("group firm: REFUSED, RESUME loosens")
        .contains("group other: REFUSED, RESUME loosens");
    Cli.Run unknown = control("halt", "account:nobody", "--config", config);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.out()).contains("group unassigned: REFUSED, scope account:nobody has no");
  }

  @Test
  void aCommandWithoutAGateStandsInTheTopic() {
    try (Topics topics = Topics.open(broker.settings().withPrefix("nobody."))) {
      topics.createMissing();
    }
    Cli.Run run =
        Cli.run(
            "control",
            "halt",
            "--scope",
            "firm",
            "--reason",
            "r",
            "--wait",
            "1ms",
            "--bootstrap",
            kafka.bootstrap(),
            "--topic-prefix",
            "nobody.");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("no gate answered within 1ms")
        .contains("stands in nobody.control.commands at offset 0 and will count as soon as a gate");

    Cli.Run status =
        Cli.run(
            "status",
            byAddress("nobody.")[0],
            byAddress("nobody.")[1],
            "--topic-prefix",
            "nobody.");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.out()).contains("no gate has given a sign of life");
  }

  @Test
  void aTopicThatIsMissingIsNamed() {
    Cli.Run run = control("halt", "firm", byAddress("void."));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("void.").contains("missing");
    assertThat(
            Cli.run(
                    "verify",
                    "--kafka",
                    "--bootstrap",
                    kafka.bootstrap(),
                    "--topic-prefix",
                    "void.")
                .err())
        .contains("topic void.risk.journal is missing");
  }

  @Test
  void statusTellsOfTheGate() {
    Desk.awaitThat(
        () -> Heartbeat.newestSince(kafka, 0).keySet().containsAll(List.of("firm", "other")),
        "heartbeats");
    try (RunRecord record = publish()) {
      Cli.Run run = Cli.run("status", "--config", config, "--state", folder);
      assertThat(run.code()).as(run.toString()).isZero();
      assertThat(run.out())
          .contains("the gate is alive")
          .contains("Flink's web UI at http://localhost:1")
          .contains("operator.risk.inputs")
          .containsPattern("firm +[0-9.]+ s");
      Cli.Run json = Cli.run("status", "--config", config, "--state", folder, "--json");
      JsonNode status = Desk.json(json.out().getBytes(StandardCharsets.UTF_8));
      assertThat(status.path("gate").path("alive").booleanValue()).isTrue();
      assertThat(status.path("gate").path("groups")).hasSize(3);
      assertThat(status.path("gate").path("pid").longValue()).isEqualTo(record.process().pid());
    }
    assertThat(Cli.run("status", "--config", config, "--state", folder).out())
        .doesNotContain("web UI");
  }

  private static RunRecord publish() {
    try {
      return RunRecord.publish(folder, "http://localhost:1", kafka);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatTheGateHasReadIsCountedOff() {
    Desk.awaitThat(
        () -> {
          try (Topics topics = Topics.open(kafka)) {
            return topics.unread().containsKey(Topic.RISK_INPUTS);
          }
        },
        "offsets committed at a checkpoint");
  }

  @Test
  void aGroupWithoutHeartbeatIsMissed() throws Exception {
    Desk.awaitThat(() -> !Heartbeat.newestSince(kafka, 0).isEmpty(), "a heartbeat");
    Path further = configuration("further.yaml", "third", "3");
    Cli.Run run = Cli.run("status", "--config", further);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("the gate is NOT alive").containsPattern("third +none");
  }

  @Test
  void anAccountDoesNotMoveToAnotherGroup() throws Exception {
    desk.await(Topic.RISK_JOURNAL, 1);
    Path moved = configuration("moved.yaml", "firm", "3");
    long entries = desk.all(Topic.RISK_INPUTS).stream().filter(OperatorTest::isConfig).count();
    Path emptyFolder = Files.createDirectories(folder.resolve("empty"));
    Path keptFolder = Files.createDirectories(folder.resolve("kept"));
    Files.copy(folder.resolve("gate/configuration.json"), keptFolder.resolve("configuration.json"));
    for (Path gateFolder : List.of(keptFolder, emptyFolder)) {
      assertThatThrownBy(() -> EmbeddedGate.unbounded(options(moved, gateFolder)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("moves the account two from group other to firm")
          .hasMessageContaining("keep it there and add another account");
    }
    assertThat(keptFolder.resolve("configuration.json")).exists();
    assertThat(emptyFolder.resolve("configuration.json")).doesNotExist();
    assertThat(desk.all(Topic.RISK_INPUTS).stream().filter(OperatorTest::isConfig).count())
        .isEqualTo(entries);
  }

  /** Nothing beside the checkpoints, and a gate that has run for longer than the topic is kept. */
  @Test
  void whatTheTopicNoLongerHasOfAConfigurationTheJournalHas() throws Exception {
    KafkaSettings cut = broker.settings().withPrefix("cut.");
    try (Desk there = Desk.open(cut);
        Admin admin = Admin.create(cut.client())) {
      desk.await(Topic.RISK_JOURNAL, 1);
      for (byte[] line : desk.all(Topic.RISK_JOURNAL)) {
        there.send(Topic.RISK_JOURNAL, Desk.json(line).path("group").asText(), line);
      }
      there.send(Topic.RISK_INPUTS, "firm", "what was deleted");
      admin.deleteRecords(allOf(cut.nameOf(Topic.RISK_INPUTS))).all().get();

      Path state = folder.resolve("cut");
      Path checkpoint = Files.createDirectories(state.resolve("checkpoints/job/chk-1"));
      Files.createFile(checkpoint.resolve("_metadata"));
      JobConfiguration moved =
          new JobConfiguration(
              ConfigurationFile.readJob(configuration("cut.yaml", "firm", "3")).risk(), cut);
      assertThatThrownBy(
              () ->
                  EmbeddedGate.unbounded(
                      new EmbeddedGate.Options(moved, Path.of("../flink-conf/local"), state, 1, 0)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("moves the account two from group other to firm");
      assertThat(there.all(Topic.RISK_INPUTS)).isEmpty();
    }
  }

  private static Map<TopicPartition, RecordsToDelete> allOf(String topic) {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (int partition = 0; partition < Topic.RISK_INPUTS.partitions(); partition++) {
      all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(-1));
    }
    return all;
  }

  @Test
  void aSecondGateOnTheSameFolderIsRefused() {
    for (String again : List.of("gate", "../" + folder.getFileName() + "/gate")) {
      assertThatThrownBy(() -> EmbeddedGate.unbounded(options(config, folder.resolve(again))))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("the gate in this process has the state folder")
          .hasMessageContaining("--state");
    }
  }

  /** Nothing is written by one that does not start: its entries would stand elsewhere. */
  @Test
  void anotherNumberOfPartitionsIsRefused() throws Exception {
    desk.await(Topic.RISK_JOURNAL, 1);
    long entries = desk.all(Topic.RISK_INPUTS).stream().filter(OperatorTest::isConfig).count();
    Path other = Files.createDirectories(folder.resolve("other-partitions"));
    Files.writeString(other.resolve("partitions.json"), "{\"risk_inputs\":3}");
    assertThatThrownBy(() -> EmbeddedGate.unbounded(options(config, other)))
        .isInstanceOf(TopicsException.class)
        .hasMessageContaining("operator.risk.inputs has 8 partitions, expected 3");
    assertThat(desk.all(Topic.RISK_INPUTS).stream().filter(OperatorTest::isConfig).count())
        .isEqualTo(entries);
  }

  /** A gate that begins anew has nothing but the topic to tell. */
  @Test
  void aTopicThatHadAnotherNumberOfPartitionsIsRefused() throws Exception {
    KafkaSettings grown = broker.settings().withPrefix("grown.");
    try (Desk there = Desk.open(grown);
        Admin admin = Admin.create(grown.client())) {
      desk.await(Topic.RISK_JOURNAL, 1);
      for (byte[] entry : desk.all(Topic.RISK_INPUTS)) {
        if (isConfig(entry)) {
          there.send(Topic.RISK_INPUTS, Desk.json(entry).path("group").asText(), entry);
        }
      }
      admin
          .createPartitions(Map.of(grown.nameOf(Topic.RISK_INPUTS), NewPartitions.increaseTo(13)))
          .all()
          .get();
      JobConfiguration configuration =
          new JobConfiguration(ConfigurationFile.readJob(config).risk(), grown);
      assertThatThrownBy(
              () ->
                  EmbeddedGate.unbounded(
                      new EmbeddedGate.Options(
                          configuration,
                          Path.of("../flink-conf/local"),
                          folder.resolve("anew"),
                          1,
                          0)))
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("grown.risk.inputs has 13 partitions, and not as many as once");
    }
  }

  private static boolean isConfig(byte[] entry) {
    return new String(entry, StandardCharsets.UTF_8).contains("\"type\":\"config\"");
  }

  @Test
  void theJournalIsVerifiedAsItStands() {
    desk.await(Topic.RISK_JOURNAL, 3);
    Cli.Run run = Cli.run("verify", "--kafka", "--config", config);
    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).startsWith("verified: ");

    KafkaSettings copied = broker.settings().withPrefix("copied.");
    try (Desk copy = Desk.open(copied)) {
      List<byte[]> lines = desk.all(Topic.RISK_JOURNAL);
      for (byte[] line : lines) {
        String group = Desk.json(line).path("group").asText();
        copy.send(Topic.RISK_JOURNAL, group, new String(line, StandardCharsets.UTF_8));
      }
      String first = new String(lines.get(0), StandardCharsets.UTF_8);
      String group = Desk.json(lines.get(0)).path("group").asText();
      copy.send(Topic.RISK_JOURNAL, group, first);
      Object[] verify = {
        "verify", "--kafka", "--bootstrap", kafka.bootstrap(), "--topic-prefix", "copied."
      };
      Cli.Run repeated = Cli.run(verify);
      assertThat(repeated.code()).as(repeated.toString()).isZero();
      assertThat(repeated.out()).contains("1 repeated lines dropped");

      copy.send(
          Topic.RISK_JOURNAL, group, first.replace("\"gate_time_us\":", "\"gate_time_us\":1"));
      Cli.Run forked = Cli.run(verify);
      assertThat(forked.code()).isEqualTo(1);
      assertThat(forked.out()).contains("does NOT verify").contains("group " + group);
    }
  }
}
