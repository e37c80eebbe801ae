package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.training.FeatureReplay;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.Model;
import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.scoring.BundleLoader;
import io.sluice.scoring.training.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from its training to its orders in a whole replay. */
class ModelReplayTest {
  private static final String INSTRUMENT = "BITSTAMP:BTCUSD";

  @TempDir Path folder;

  private Path trades() throws IOException {
    return SwingingTrades.write(folder.resolve("bitstamp.csv"), 5_000, 10);
  }

  private Path configuration(Path bundle) throws IOException {
    return SwingingModels.configuration(
        folder.resolve("models.yaml"),
        """
        - {name: direction, bundle: "%s", interval: 1m, account: demo}
        - {name: shadow, bundle: "%s", interval: 1m}
        """
            .formatted(bundle, bundle));
  }

  private static Cli.Run replay(
      Path trades, Path configuration, int parallelism, Path out, Object... more) {
    List<Object> options = new ArrayList<>(List.of("--parallelism", parallelism));
    options.addAll(List.of(more));
    return SwingingModels.replay(trades, configuration, out, options.toArray());
  }

  private Path train(Path trades, int rounds, String name) {
    return SwingingModels.train(
        trades,
        folder.resolve(name),
        "--horizon",
        "5m",
        "--barrier",
        "0.002",
        "--rounds",
        rounds,
        "--min-confidence",
        "0.51");
  }

  @Test
  void aModelScoresWhatItWasTrainedOnAndTrades() throws IOException {
    Path trades = trades();
    Path bundle = train(trades, 30, "bundle");
    Path configuration = configuration(bundle);
    Results one = new Results(folder.resolve("one"));
    Results two = new Results(folder.resolve("two"));
    assertThat(replay(trades, configuration, 1, one.folder()).code()).isZero();
    assertThat(replay(trades, configuration, 2, two.folder()).code()).isZero();
    assertThat(two.bytes()).isEqualTo(one.bytes());
    assertThat(two.text("scores.jsonl")).isEqualTo(one.text("scores.jsonl"));

    // Live rows are the rows of training: every score is the one that training would give.
    BundleLoader loader =
        new BundleLoader("bundle", name -> Files.readAllBytes(bundle.resolve(name)));
    Model model = loader.load(loader.bundle());
    InputFile file =
        new InputFile(trades, InputKind.TRADES, 0, FileFormat.named("bitstamp").get(), INSTRUMENT);
    Dataset data = FeatureReplay.of(List.of(file), null, BarInterval.of("1m"), null, read -> {});
    int[] places = model.bundle().features().stream().mapToInt(data.features()::indexOf).toArray();
    List<JsonNode> scores =
        one.lines("scores.jsonl").stream()
            .filter(score -> score.path("model").textValue().equals("direction"))
            .toList();
    assertThat(scores).hasSize(data.rows().length);
    FeatureRows rows = model.newRows();
    for (int i = 0; i < scores.size(); i++) {
      double[] row = rows.next();
      for (int j = 0; j < places.length; j++) {
        row[j] = data.rows()[i][places[j]];
      }
      double up = model.probability(rows, data.regimes()[i]);
      assertThat(scores.get(i).path("confidence").doubleValue())
          .as("score %d", i)
          .isEqualTo(Decimals.canonical(Math.max(up, 1 - up)));
    }
    assertThat(one.text("scores.jsonl")).contains("\"model\":\"shadow\"");

    List<JsonNode> decisions =
        one.lines("decisions.jsonl").stream()
            .filter(decision -> decision.path("strategy").textValue().equals("direction"))
            .toList();
    assertThat(decisions).hasSizeGreaterThan(20);
    assertThat(one.text("decisions.jsonl")).doesNotContain("\"strategy\":\"shadow\"");
    assertThat(one.text("journal.jsonl")).contains("\"contributions\":{\"");
    for (JsonNode outcome : decisions.get(0).path("outcomes")) {
      if (outcome.path("rule").textValue().equals("R39")) {
        assertThat(outcome.path("observed").textValue()).matches("0[.][5-9].*");
      }
    }
    assertThat(Cli.verify(one.folder()).code()).isZero();
  }

  /** The third of the trades' thirteen hours. */
  private static final long TAKES_OVER_US = (1_385_600_000L + 3 * 3_600) * 1_000_000;

  private Path publish(Path good, Path bad) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path bundle : List.of(good, bad)) {
      String digest = Sha256.hex(Files.readAllBytes(bundle.resolve("model.json")));
      lines.add(
          "{\"type\":\"control\",\"command_id\":\"c-%d\",\"command\":\"PUBLISH_MODEL\",\"scope\":\"firm\",\"body\":{\"model\":\"direction\",\"version\":\"%s\",\"bundle\":\"%s\",\"sha256\":\"%s\"},\"issued_by\":\"ann\",\"reason\":\"r\",\"event_time_us\":1385600000000000,\"effective_at_us\":%d,\"expires_at_us\":null,\"signatures\":[]}"
              .formatted(
                  lines.size(),
                  SwingingModels.version(bundle),
                  bundle,
                  digest,
                  TAKES_OVER_US + 3_600_000_000L * lines.size()));
    }
    return Files.write(folder.resolve("control.jsonl"), lines);
  }

  @Test
  void aPublishedModelTakesOverAtItsTimeAndABadOneDoesNot() throws IOException {
    Path trades = trades();
    Path first = train(trades, 10, "first");
    Path second = train(trades, 20, "second");
    Path bad = train(trades, 15, "bad");
    Files.writeString(bad.resolve("pooled.txt"), "cut short");
    Path control = publish(second, bad);
    Path configuration = configuration(first);
    Results one = new Results(folder.resolve("one"));
    Results two = new Results(folder.resolve("two"));
    assertThat(replay(trades, configuration, 1, one.folder(), "--control", control).code())
        .isZero();
    assertThat(replay(trades, configuration, 2, two.folder(), "--control", control).code())
        .isZero();
    assertThat(two.bytes()).isEqualTo(one.bytes());
    assertThat(two.text("scores.jsonl")).isEqualTo(one.text("scores.jsonl"));
    String before = SwingingModels.version(first);
    String after = SwingingModels.version(second);
    assertThat(after).isNotEqualTo(before);
    int scored = 0;
    for (JsonNode score : one.lines("scores.jsonl")) {
      boolean isPublished = score.path("model").textValue().equals("direction");
      boolean isLater = score.path("event_time_us").longValue() >= TAKES_OVER_US;
      assertThat(score.path("model_version").textValue())
          .isEqualTo(isPublished && isLater ? after : before);
      scored += isPublished && isLater ? 1 : 0;
    }
    assertThat(scored).isGreaterThan(100);
    List<JsonNode> events =
        one.lines("events.jsonl").stream()
            .filter(event -> event.path("type").textValue().startsWith("MODEL_"))
            .toList();
    assertThat(events)
        .extracting(event -> event.path("type").textValue())
        .containsExactly("MODEL_PUBLISHED", "MODEL_PUBLISHED", "MODEL_IN_FORCE", "MODEL_REFUSED");
    assertThat(events.get(2).path("event_time_us").longValue()).isEqualTo(TAKES_OVER_US);
    assertThat(events.get(3).path("detail").path("kept").textValue()).isEqualTo(after);
    assertThat(events.get(3).path("detail").path("why").textValue()).contains("pooled.txt");
    assertThat(Cli.verify(one.folder()).code()).isZero();
  }

  @Test
  void aReplayWhoseModelCannotBeUsedStops() throws IOException {
    Cli.Run run =
        replay(trades(), configuration(folder.resolve("nowhere")), 1, folder.resolve("out"));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("the file model.json is missing in the bundle");
  }
}
