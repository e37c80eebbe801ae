package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.SmallModel;
import io.sluice.domain.wire.Command;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a model on a real broker, from the registry to decisions. */
class LiveModelsTest {
  private static final String PREFIX = "models.";
  private static final long HOUR_US = 3_600_000_000L;

  @TempDir Path folder;
  private final KafkaSettings kafka;
  private Desk desk;
  private int trades;

  LiveModelsTest() throws Exception {
    kafka = SharedBroker.get().settings().withPrefix(PREFIX);
  }

  private Path configuration(Path bundle) throws IOException {
    return Files.writeString(
        folder.resolve("gate.yaml"),
        Desk.RISK.replace(
                "control: {authority: tighten}",
                "control: {authority: signed, keys: [%s, %s]}".formatted(key("ann"), key("bob")))
            + """
            features: {intervals: [1s]}
            models:
              - {name: direction, bundle: "%s", interval: 1s, account: one}
              - {name: challenger, bundle: "%s", interval: 1s}
            kafka: {bootstrap: "%s", topic_prefix: %s}
            """
                .formatted(bundle, bundle, kafka.bootstrap(), PREFIX));
  }

  private String key(String person) {
    return EverythingScenario.key(folder, person).strip().substring("- ".length());
  }

  private EmbeddedGate gate(Path config, String name) throws Exception {
    return EmbeddedGate.unbounded(
        new EmbeddedGate.Options(
            ConfigurationFile.readJob(config),
            Path.of("../flink-conf/local"),
            folder.resolve(name),
            1,
            0));
  }

  @Test
  void whatIsPublishedScoresUntilAnotherIsWhateverElseComesAndWhoeverStarts() throws Exception {
    Path first = SmallModel.write(folder, "1");
    Path second = SmallModel.write(folder, "2");
    Path config = configuration(first);
    models("add", "--bundle", first, "--production");
    models("add", "--bundle", second);
    try (Desk opened = Desk.open(kafka)) {
      desk = opened;
      try (EmbeddedGate gate = gate(config, "gate")) {
        until(() -> scored("1", 0) >= 1, "scores");
        isPromotedAndTakesOverAtItsTime();
        whatCannotBeUsedIsRefused();
        whatDoesNotCountChangesNothing(first);
        long nowUs = Desk.nowUs();
        models("rollback", withKeys("--reason", "it loses"));
        until(() -> scored("1", nowUs) >= 1, "the first version again");
        isSignedByAnotherAndSent();
        whatIsTrainedScoresInShadow();
        gate.stop();
      }
      long restartedUs = Desk.nowUs();
      try (EmbeddedGate gate = gate(config, "without state")) {
        until(() -> scored("2", restartedUs) >= 1, "scores after a new start");
        assertThat(scored("1", restartedUs)).isZero();
        gate.stop();
      }
    }
  }

  private void isPromotedAndTakesOverAtItsTime() throws IOException {
    Instant at = Instant.now().plusMillis(2_000).truncatedTo(ChronoUnit.MILLIS);
    long atUs = at.toEpochMilli() * 1_000;
    promote(withKeys("--effective-at", at.toString()));
    until(() -> scored("2", 0) >= 1, "the second version");
    JsonNode inForce = events("MODEL_IN_FORCE").get(0);
    long sinceUs = time(inForce);
    // A bar that ended before and is closed after it is scored by the second one, too.
    assertThat(ofTheAccount())
        .filteredOn(score -> time(score) >= sinceUs)
        .allMatch(score -> score.path("model_version").textValue().equals("2"));
    assertThat(ofTheAccount())
        .filteredOn(score -> time(score) < sinceUs)
        .filteredOn(score -> score.path("model_version").textValue().equals("2"))
        .hasSizeLessThan(2);
    assertThat(events("MODEL_PUBLISHED")).hasSize(2);
    boolean wasInTime = time(events("MODEL_PUBLISHED").get(0)) < atUs;
    assertThat(sinceUs == atUs || !wasInTime && sinceUs > atUs).as("%d", sinceUs).isTrue();
    assertThat(inForce.path("detail").path("replaced").textValue()).isEqualTo("1");
    until(
        () ->
            all(Topic.RISK_DECISIONS).stream()
                .anyMatch(
                    decision ->
                        decision.path("origin").textValue().equals("MODEL")
                            && decision.path("model_version").asText().equals("2")),
        "a decision on what the second version wishes");
  }

  private void whatCannotBeUsedIsRefused() throws Exception {
    Path schema = SmallModel.write(folder, "3", m -> m.put("schema_hash", "0".repeat(64)));
    Path probe = SmallModel.write(folder, "4", m -> m.withObject("/probe").put("probability", 0.9));
    Path missing = SmallModel.write(folder, "5");
    Files.delete(missing.resolve("pooled.txt"));
    for (Path bundle : List.of(schema, probe, missing)) {
      give(signed(publish("bad-" + bundle.getFileName(), bundle, Desk.nowUs())));
    }
    until(() -> events("MODEL_REFUSED").size() == 3, "three refusals");
    assertThat(events("MODEL_REFUSED"))
        .extracting(
            event -> event.path("detail").path("kept").textValue(),
            event -> event.path("severity").textValue())
        .containsOnly(tuple("2", "ERROR"));
    assertThat(why("bad-3")).contains("features of the schema 0000");
    assertThat(why("bad-4")).contains("probe");
    assertThat(why("bad-5")).contains("pooled.txt is missing");
  }

  private String why(String commandId) {
    return events("MODEL_REFUSED").stream()
        .map(event -> event.path("detail"))
        .filter(detail -> detail.path("command_id").textValue().equals(commandId))
        .map(detail -> detail.path("why").textValue())
        .findFirst()
        .orElseThrow();
  }

  /** Late, a second time, and by nobody: every group says no, and no market listens. */
  private void whatDoesNotCountChangesNothing(Path first) throws Exception {
    int inForce = events("MODEL_IN_FORCE").size();
    give(signed(publish("late", first, Desk.nowUs() - 2 * HOUR_US)));
    give(signed(publish("bad-3", first, Desk.nowUs())));
    give(publish("unsigned", first, Desk.nowUs()));
    until(() -> events("COMMAND_REFUSED").size() == 6, "three refusals by two groups");
    long nowUs = Desk.nowUs();
    until(() -> scored("2", nowUs) >= 1, "the old version goes on");
    assertThat(scored("1", nowUs)).isZero();
    assertThat(events("MODEL_IN_FORCE")).hasSize(inForce);
  }

  private void isSignedByAnotherAndSent() throws IOException {
    Path file = folder.resolve("promote.json");
    promote("--key", "ann=" + EverythingScenario.pem(folder, "ann"), "--write", file);
    Cli.done("control", "sign", file, "--key", "bob=" + EverythingScenario.pem(folder, "bob"));
    Cli.done(
        "models",
        "send",
        file,
        "--registry",
        folder.resolve("registry"),
        "--config",
        folder.resolve("gate.yaml"));
    long nowUs = Desk.nowUs();
    until(() -> scored("2", nowUs) >= 1, "the second version again");
  }

  private void whatIsTrainedScoresInShadow() throws IOException {
    Path trades = EverythingScenario.trades(folder);
    String options =
        "train --format bitstamp --interval 1s --horizon 10s --barrier 0.01 --rounds 3 --leaves 4"
            + " --features 8 --every 1ms --runs 1 --shadow challenger --instrument "
            + Desk.INSTRUMENT;
    List<Object> all = new ArrayList<>(List.of((Object[]) options.split(" ")));
    all.addAll(List.of("--trades", trades, "--out", folder.resolve("trained")));
    all.addAll(List.of(withKeys("--registry", folder.resolve("registry"))));
    Cli.Run run = Cli.done(all.toArray());
    assertThat(run.err()).contains("is published, in shadow");
    String version = run.err().replaceAll("(?s).*version (\\S+) is published.*", "$1");
    until(
        () ->
            all(Topic.MARKET_SCORES).stream()
                .anyMatch(
                    score ->
                        score.path("model_version").textValue().equals(version)
                            && score.path("model").textValue().equals("challenger")
                            && score.path("shadow").booleanValue()),
        "what was trained");
    assertThat(scored(version, 0)).as("it trades nothing").isZero();
  }

  /** By a record of a minute in which it was right and the other was wrong. */
  private void promote(Object... more) throws IOException {
    List<String> scores = new ArrayList<>();
    List<String> bars = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      long us = 1_700_000_000_000_000L + second * 1_000_000L;
      boolean isUp = second % 3 == 0;
      String close = isUp ? "100.2" : "99.8";
      for (String version : List.of("1", "2")) {
        scores.add(
            ("{\"type\":\"score\",\"instrument\":\"%s\",\"model_version\":\"%s\",\"side\":\"%s\","
                    + "\"confidence\":0.9,\"expected_return\":0.001,\"event_time_us\":%d}")
                .formatted(
                    Desk.INSTRUMENT, version, isUp == version.equals("2") ? "BUY" : "SELL", us));
      }
      bars.add(
          ("{\"type\":\"bar\",\"instrument\":\"%s\",\"interval\":\"1s\",\"start_time_us\":%d,\"trades\":1,"
                  + "\"open\":\"100\",\"high\":\"100.2\",\"low\":\"99.8\",\"close\":\"%s\"}")
              .formatted(Desk.INSTRUMENT, us, close));
    }
    List<Object> all =
        new ArrayList<>(
            List.of(
                "--to",
                "2",
                "--min-rows",
                "50",
                "--scores",
                Files.write(folder.resolve("scores.jsonl"), scores),
                "--bars",
                Files.write(folder.resolve("bars.jsonl"), bars),
                "--reason",
                "better in shadow"));
    all.addAll(List.of(more));
    models("promote", all.toArray());
  }

  private void models(String action, Object... more) {
    List<Object> all = new ArrayList<>(List.of("models", action, "--model", "direction"));
    all.addAll(List.of("--registry", folder.resolve("registry")));
    all.addAll(List.of(more));
    Cli.done(all.toArray());
  }

  private Object[] withKeys(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", folder.resolve("gate.yaml")));
    for (String person : List.of("ann", "bob")) {
      all.addAll(List.of("--key", person + "=" + EverythingScenario.pem(folder, person)));
    }
    return all.toArray();
  }

  private void give(Command command) {
    desk.send(Topic.CONTROL_COMMANDS, "firm", command.toJson());
  }

  private Command signed(Command command) throws Exception {
    return EverythingScenario.signed(folder, command);
  }

  private static Command publish(String id, Path bundle, long signedUs) throws IOException {
    return SmallModel.publication(id, "direction", bundle, signedUs, null);
  }

  private List<JsonNode> all(Topic topic) {
    return desk.all(topic).stream().map(Desk::json).toList();
  }

  private List<JsonNode> events(String type) {
    return all(Topic.RISK_EVENTS).stream()
        .filter(event -> event.path("type").textValue().equals(type))
        .toList();
  }

  private static long time(JsonNode line) {
    return line.path("event_time_us").longValue();
  }

  private List<JsonNode> ofTheAccount() {
    return all(Topic.MARKET_SCORES).stream()
        .filter(score -> score.path("model").textValue().equals("direction"))
        .toList();
  }

  /** How many scores of the model that trades a version has given since then. */
  private long scored(String version, long sinceUs) {
    return ofTheAccount().stream()
        .filter(score -> time(score) > sinceUs)
        .filter(score -> score.path("model_version").textValue().equals(version))
        .count();
  }

  /** While the market goes on: a bar ends with the first trade after it. */
  private void until(BooleanSupplier condition, String what) {
    Desk.awaitThat(
        () -> {
          desk.trade("100." + ++trades % 10);
          return condition.getAsBoolean();
        },
        what);
  }
}
