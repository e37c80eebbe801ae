package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.training.FeatureReplay;
import io.sluice.domain.json.Decimals;
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
    Path packaged = Path.of("..", "jobs", "src", "main", "resources", "io", "sluice", "jobs");
    String models =
        """
        features: {intervals: [1m]}
        models:
          - {name: direction, bundle: "%s", interval: 1m, account: demo}
          - {name: shadow, bundle: "%s", interval: 1m}
        """
            .formatted(bundle, bundle);
    return Files.writeString(
        folder.resolve("models.yaml"), Files.readString(packaged.resolve("demo.yaml")) + models);
  }

  private Cli.Run replay(Path trades, Path configuration, int parallelism, Path out) {
    return Cli.run(
        "replay",
        "--trades",
        trades,
        "--instrument",
        INSTRUMENT,
        "--format",
        "bitstamp",
        "--config",
        configuration,
        "--parallelism",
        parallelism,
        "--out",
        out);
  }

  @Test
  void aModelScoresWhatItWasTrainedOnAndTrades() throws IOException {
    Path trades = trades();
    Path bundle = folder.resolve("bundle");
    Cli.done(
        "train",
        "--trades",
        trades,
        "--instrument",
        INSTRUMENT,
        "--format",
        "bitstamp",
        "--horizon",
        "5m",
        "--barrier",
        "0.002",
        "--rounds",
        "30",
        "--min-confidence",
        "0.51",
        "--out",
        bundle);
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

  @Test
  void aReplayWhoseModelCannotBeUsedStops() throws IOException {
    Cli.Run run =
        replay(trades(), configuration(folder.resolve("nowhere")), 1, folder.resolve("out"));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("the file model.json is missing in the bundle");
  }
}
