package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.training.FeatureReplay;
import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.MarketAnalytics;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.Peers;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.wire.Trade;
import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.input.MergedInput;
import io.sluice.scoring.BundleLoader;
import io.sluice.scoring.training.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  private static final String INSTRUMENT = "BITSTAMP:BTCUSD";
  private static final int TRADES = 9_000;

  @TempDir static Path folder;
  private static Path trades;

  @BeforeAll
  static void write() throws IOException {
    trades = SwingingTrades.write(folder.resolve("bitstamp.csv"), TRADES, 10);
  }

  private static Cli.Run train(Path out, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "train", "--trades", trades, "--instrument", INSTRUMENT, "--format", "bitstamp"));
    arguments.addAll(
        List.of("--horizon", "5m", "--barrier", "0.002", "--rounds", "60", "--out", out));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void writesABundleThatScoresAndTheSameOneAgain() throws IOException {
    Path out = folder.resolve("one");
    Cli.Run run = train(out);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("out of sample AUC ")
        .containsPattern("there is (an edge|NO edge) out of sample")
        .contains("bundle: " + out);
    assertThat(run.err()).contains("train: features: ").contains("train: pooled: ");
    BundleLoader loader = new BundleLoader("one", name -> Files.readAllBytes(out.resolve(name)));
    Model model = loader.load(loader.bundle());
    assertThat(model.bundle().name()).isEqualTo("direction");
    assertThat(model.bundle().features()).allMatch(name -> name.contains("@"));
    assertThat(Files.readString(out.resolve("report.md"))).contains("## Out of sample");

    Path again = folder.resolve("again");
    train(again);
    assertThat(again.resolve(ModelBundle.FILE))
        .hasSameBinaryContentAs(out.resolve(ModelBundle.FILE));
    assertThat(again.resolve("pooled.txt")).hasSameBinaryContentAs(out.resolve("pooled.txt"));
  }

  /** The live front is stored and read back between checkpoints; the rows do not show it. */
  @Test
  void itsRowsAreThoseOfAFrontThatWasRestored() throws IOException {
    InputFile file =
        new InputFile(trades, InputKind.TRADES, 0, FileFormat.named("bitstamp").get(), INSTRUMENT);
    Dataset data = FeatureReplay.of(List.of(file), null, BarInterval.of("1m"), null, read -> {});
    FeatureLayout layout =
        new FeatureLayout(
            List.of(BarInterval.of("1m")), FeatureReplay.OF_ONE_INSTRUMENT, List.of());
    MarketAnalytics live = new MarketAnalytics(INSTRUMENT, MarketTerms.DEFAULT, layout, Peers.NONE);
    Map<String, byte[]> stored = new TreeMap<>();
    List<double[]> rows = new ArrayList<>();
    try (MergedInput input = new MergedInput(List.of(file))) {
      while (input.advance()) {
        long timeUs = input.row().orderTimeUs();
        live.advance(timeUs, false, row -> rows.add(row.values()), event -> {});
        live.trade(timeUs, (Trade) input.row().message());
        if (input.row().number() % 1_000 == 0) {
          stored.putAll(live.takeChanged());
          live = new MarketAnalytics(INSTRUMENT, MarketTerms.DEFAULT, layout, Peers.NONE);
          live.read(stored);
        }
      }
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
    assertThat(rows).hasSizeGreaterThan(1_400);
    // To the last bit; what is absent is equal too.
    assertThat(Arrays.deepEquals(data.rows(), rows.toArray(double[][]::new))).isTrue();
  }

  @Test
  void atAnIntervalItTrainsOnTheNewestThereIs() throws IOException {
    Path growing = folder.resolve("growing.csv");
    List<String> lines = Files.readAllLines(trades);
    Files.write(growing, lines.subList(0, 100));
    List<Object> arguments = new ArrayList<>(List.of("train", "--trades", growing));
    arguments.addAll(List.of("--horizon", "5m", "--barrier", "0.002", "--rounds", "20"));
    arguments.addAll(List.of("--window", "12h", "--every", "1ms", "--runs", "2", "--json"));
    Path registry = folder.resolve("registry");
    arguments.addAll(List.of("--registry", registry, "--out", folder.resolve("runs")));
    Cli.Run none = Cli.run(arguments.toArray());
    assertThat(none.code()).isZero();
    assertThat(none.err().lines().filter(line -> line.contains("no model this time: "))).hasSize(2);
    assertThat(folder.resolve("runs")).doesNotExist();

    // Of 25 hours the last twelve.
    Files.write(growing, lines);
    Cli.Run twice = Cli.run(arguments.toArray());
    assertThat(twice.code()).as(twice.err()).isZero();
    assertThat(twice.err()).contains("the same model as before: ");
    JsonNode said = new ObjectMapper().readTree(twice.out());
    Path bundle = folder.resolve("runs").resolve(said.path("model_version").textValue());
    ModelBundle model =
        ModelBundle.read("bundle", Files.readAllBytes(bundle.resolve(ModelBundle.FILE)));
    assertThat(Cli.done("models", "list", "--registry", registry, "--json").out())
        .contains(model.version())
        .containsIgnoringCase("shadow");
    long newestUs = (SwingingTrades.FIRST_S + 10 * (TRADES - 1)) * 1_000_000;
    assertThat(newestUs - model.training().fromUs())
        .isBetween(11 * 3_600_000_000L, 12 * 3_600_000_000L);
    assertThat(Cli.run("train", "--trades", growing, "--runs", "2", "--out", bundle).err())
        .contains("--runs needs --every");
  }

  @Test
  void inShadowIsOnlyWhatCannotTrade() throws IOException {
    Path packaged = Path.of("..", "jobs", "src", "main", "resources", "io", "sluice", "jobs");
    Path config =
        Files.writeString(
            folder.resolve("gate.yaml"),
            Files.readString(packaged.resolve("demo.yaml"))
                + """
                features: {intervals: [1m]}
                models: [{name: direction, bundle: b, interval: 1m, account: demo}]
                kafka: {bootstrap: "localhost:1"}
                """);
    List<Object> arguments = new ArrayList<>(List.of("train", "--trades", "t", "--every", "1d"));
    arguments.addAll(List.of("--out", folder.resolve("none"), "--shadow", "direction"));
    assertThat(Cli.run(arguments.toArray()).err()).contains("--shadow needs --registry");
    arguments.addAll(List.of("--registry", folder.resolve("registry")));
    assertThat(Cli.run(arguments.toArray()).err()).contains("--shadow needs --config");
    arguments.addAll(List.of("--config", config));
    Cli.Run trades = Cli.run(arguments.toArray());
    assertThat(trades.code()).isEqualTo(ExitCode.USAGE);
    assertThat(trades.err())
        .contains("--shadow is direction, which trades for the account demo", "models promote");
    arguments.set(arguments.indexOf("direction"), "nobody");
    assertThat(Cli.run(arguments.toArray()).err())
        .contains("--shadow is nobody, expected one of the models of", ": [direction]");
  }

  @Test
  void whatCannotBeIsRefused() {
    Path out = folder.resolve("none");
    assertThat(train(out, "--interval", "2m"))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCode.USAGE))
        .satisfies(
            run -> assertThat(run.err()).contains("--interval is 2m, expected 1s, 1m, 5m or 15m"));
    assertThat(train(out, "--test", "1.5").err())
        .contains("--test is 1.5, expected above 0, at most 0.9");
    assertThat(train(out, "--market", "BITSTAMP:ETHUSD"))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCode.USAGE))
        .satisfies(
            run ->
                assertThat(run.err())
                    .contains("the files hold no trade of BITSTAMP:ETHUSD")
                    .doesNotContain("SLUICE_DEBUG"));
    assertThat(train(out, "--interval", "15m").err())
        .contains("give more trades, or a shorter horizon");
    assertThat(Cli.run("train", "--out", out).err()).contains("there is nothing to train on");
    assertThat(train(out, "--kafka").err()).contains("--kafka and files are named");
    assertThat(Cli.run("train", "--kafka", "--out", out).err())
        .contains("--kafka needs --config, which says how Kafka is reached");
    assertThat(out).doesNotExist();
  }
}
