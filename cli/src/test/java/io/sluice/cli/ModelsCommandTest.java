package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.models.Registry;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.WireReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry of models, from bundles to the command that publishes one. */
class ModelsCommandTest {
  @TempDir static Path shared;
  private static Path champion;
  private static Path challenger;
  private static Results said;

  @TempDir Path folder;

  /** Two versions score the same bars of a price that always comes back. */
  @BeforeAll
  static void record() throws IOException {
    Path trades = SwingingTrades.write(shared.resolve("bitstamp.csv"), 12_000, 10);
    champion = train(trades, 2, 1, "champion");
    challenger = train(trades, 60, 40, "challenger");
    Path configuration =
        SwingingModels.configuration(
            shared.resolve("models.yaml"),
            """
            - {name: direction, bundle: "%s", interval: 1m, account: demo}
            - {name: challenger, bundle: "%s", interval: 1m}
            """
                .formatted(champion, challenger));
    said = new Results(shared.resolve("out"));
    Cli.Run replay = SwingingModels.replay(trades, configuration, said.folder());
    assertThat(replay.code()).as(replay.err()).isZero();
  }

  private static Path train(Path trades, int rounds, int features, String name) {
    return SwingingModels.train(
        trades,
        shared.resolve(name),
        "--horizon",
        "3m",
        "--label",
        "forward_return",
        "--rounds",
        rounds,
        "--features",
        features,
        "--min-confidence",
        "0.55");
  }

  private Cli.Run models(String action, Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("models", action, "--registry", folder, "--model", "direction"));
    all.addAll(List.of(more));
    return Cli.run(all.toArray());
  }

  private Cli.Run judged(String action, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "--scores",
                said.folder().resolve("scores.jsonl"),
                "--bars",
                said.folder().resolve("bars.jsonl")));
    all.addAll(List.of(more));
    return models(action, all.toArray());
  }

  private void add(Path bundle, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--bundle", bundle));
    all.addAll(List.of(more));
    Cli.Run run = models("add", all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private List<String> stages() throws IOException {
    List<String> stages = new ArrayList<>();
    for (JsonNode version : json(models("list", "--json"))) {
      stages.add(version.path("version").textValue() + " " + version.path("stage").textValue());
    }
    return stages;
  }

  @Test
  void aChallengerIsPromotedOnItsOwnRecordAndTheOneBeforeItCanComeBack() throws Exception {
    add(champion, "--production");
    add(challenger);
    assertThat(stages())
        .containsExactly(
            SwingingModels.version(champion) + " PRODUCTION",
            SwingingModels.version(challenger) + " SHADOW");

    JsonNode compared = json(judged("compare", "--json"));
    assertThat(compared).hasSize(2);
    for (JsonNode record : compared) {
      assertThat(record.path("judged").intValue()).isBetween(200, 1_500);
      assertThat(record.path("coverage").doubleValue()).isGreaterThan(0.9);
      assertThat(record.path("auc").doubleValue()).isBetween(0.4, 1.0);
    }
    String table = judged("compare").out();
    assertThat(table.lines().toList()).hasSize(3);
    assertThat(table)
        .contains("AUC", "log loss", "Brier", "coverage", SwingingModels.version(challenger));

    Cli.Run tooLittle =
        judged(
            "promote",
            "--to",
            SwingingModels.version(challenger),
            "--min-rows",
            9_000,
            "--reason",
            "better");
    assertThat(tooLittle.code()).isEqualTo(ExitCode.NO);
    assertThat(tooLittle.err()).contains("is not promoted", "expected at least 9000");
    assertThat(stages().get(1)).endsWith("SHADOW");

    Path file = folder.resolve("promote.json");
    Cli.Run promoted =
        judged(
            "promote",
            "--to",
            SwingingModels.version(challenger),
            "--min-rows",
            200,
            "--reason",
            "better",
            "--by",
            "ann",
            "--write",
            file);
    assertThat(promoted.code()).as(promoted.err()).isZero();
    Command command = (Command) WireReader.read(Files.readAllBytes(file));
    assertThat(command.command()).isEqualTo("PUBLISH_MODEL");
    assertThat(command.body().path("model").textValue()).isEqualTo("direction");
    assertThat(command.body().path("version").textValue())
        .isEqualTo(SwingingModels.version(challenger));
    Path kept = Path.of(command.body().path("bundle").textValue());
    assertThat(kept).startsWithRaw(folder.toAbsolutePath());
    assertThat(command.body().path("sha256").textValue())
        .isEqualTo(Sha256.hex(Files.readAllBytes(kept.resolve("model.json"))));

    // Only what the gate has taken is in production.
    assertThat(stages().get(1)).endsWith("SHADOW");
    ModelPublication.note(new Registry(folder), command);
    assertThat(stages())
        .containsExactly(
            SwingingModels.version(champion) + " RETIRED",
            SwingingModels.version(challenger) + " PRODUCTION");

    // The champion of before is no challenger: what it said is worse.
    Cli.Run worse =
        judged(
            "promote",
            "--to",
            SwingingModels.version(champion),
            "--min-rows",
            200,
            "--reason",
            "r",
            "--write",
            file);
    assertThat(worse.code()).isEqualTo(ExitCode.NO);
    assertThat(worse.err()).contains("is not promoted");

    Cli.Run back = models("rollback", "--reason", "it loses", "--write", file);
    assertThat(back.code()).as(back.err()).isZero();
    Command returned = (Command) WireReader.read(Files.readAllBytes(file));
    assertThat(returned.body().path("version").textValue())
        .isEqualTo(SwingingModels.version(champion));
    ModelPublication.note(new Registry(folder), returned);
    assertThat(stages())
        .containsExactly(
            SwingingModels.version(champion) + " PRODUCTION",
            SwingingModels.version(challenger) + " RETIRED");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    Cli.Run unknown = models("rollback", "--reason", "r");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("there is no model direction in");
    add(champion, "--production");
    assertThat(models("add", "--bundle", champion).err()).contains("a version is never changed");
    assertThat(models("add", "--bundle", challenger, "--production").err())
        .contains("is in production already: promote this one");
    assertThat(models("rollback", "--reason", "r").err()).contains("was ever in production");
    assertThat(judged("promote", "--to", "none", "--reason", "r").err())
        .contains("there is no version none of direction, expected one of [");
    assertThat(judged("promote", "--to", SwingingModels.version(champion), "--reason", "r").err())
        .contains("is in production already");
    assertThat(models("compare", "--scores", folder.resolve("scores.jsonl")).err())
        .contains("--scores and --bars go together");
    Path broken = Files.writeString(folder.resolve("broken"), "{\"type\":\"trade\"}\n");
    Cli.Run unreadable = models("compare", "--scores", broken, "--bars", broken);
    assertThat(unreadable.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(unreadable.err()).contains("broken:1", "expected score");
    Path cut = Files.createDirectories(folder.resolve("cut"));
    Files.copy(champion.resolve("model.json"), cut.resolve("model.json"));
    assertThat(models("add", "--bundle", cut).err()).contains("is missing in the bundle");
  }
}
