package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.training.FeatureReplay;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.TrainingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bars and features of a whole replay. */
class FeatureReplayTest {
  private static final String BTC = "BITSTAMP:BTCUSD";
  private static final long START = 1_700_000_100_000_000L;
  private static final String FEATURES =
      """
      features:
        intervals: [1s, 1m]
        compose:
          - {name: calm, input: log_return_1, transform: deviation, window: 20}
      """;

  @TempDir Path folder;

  private Path trades() throws IOException {
    Random random = new Random(7);
    List<Object> lines = new ArrayList<>();
    double price = 800;
    long time = START;
    for (int i = 0; i < 2_000; i++) {
      price *= Math.exp(0.0005 * random.nextGaussian());
      time += random.nextInt(400_000);
      lines.add(Wire.trade(BTC, "%.2f".formatted(price), time));
    }
    return Files.writeString(
        folder.resolve("trades.jsonl"), Wire.lines(lines.toArray(Object[]::new)));
  }

  private Path configuration(boolean hasFeatures) throws IOException {
    Path packaged = Path.of("..", "jobs", "src", "main", "resources", "io", "sluice", "jobs");
    String demo = Files.readString(packaged.resolve("demo.yaml"));
    return Files.writeString(
        folder.resolve(hasFeatures + ".yaml"), hasFeatures ? demo + FEATURES : demo);
  }

  private Results replay(String name, boolean hasFeatures, int parallelism) throws IOException {
    Path out = folder.resolve(name);
    Cli.done(
        "replay",
        "--trades",
        trades(),
        "--config",
        configuration(hasFeatures),
        "--parallelism",
        parallelism,
        "--out",
        out);
    return new Results(out);
  }

  @Test
  void barsAreTheSameAtAnyParallelismAndNoDecisionDependsOnThem() throws IOException {
    Results without = replay("without", false, 1);
    Results one = replay("one", true, 1);
    Results two = replay("two", true, 2);

    assertThat(without.folder().resolve("bars.jsonl")).doesNotExist();
    assertThat(one.bytes()).isEqualTo(without.bytes());
    assertThat(two.bytes()).isEqualTo(one.bytes());
    assertThat(two.text("bars.jsonl")).isEqualTo(one.text("bars.jsonl"));

    List<JsonNode> bars = one.lines("bars.jsonl");
    List<JsonNode> seconds =
        bars.stream().filter(bar -> bar.path("interval").textValue().equals("1s")).toList();
    assertThat(bars.size() - seconds.size()).isBetween(4, 8);
    JsonNode last = seconds.get(seconds.size() - 1).path("features");
    assertThat(last.path("rsi_14@1s").doubleValue()).isBetween(0.0, 100.0);
    assertThat(last.path("calm@1s").doubleValue()).isPositive();
    assertThat(seconds.get(5).path("features").has("rsi_14@1s")).isFalse();
  }

  @Test
  void anAssetOnTwoVenuesHasASpreadAndArbitrageIsToldAlikeAtAnyParallelism() throws IOException {
    List<Object> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long time = START + i * 500_000L;
      lines.add(Wire.trade(BTC, "800", time));
      lines.add(Wire.trade("KRAKEN:BTCUSD", i == 100 ? "808" : "801", time));
    }
    Path trades =
        Files.writeString(folder.resolve("two.jsonl"), Wire.lines(lines.toArray(Object[]::new)));
    String demo = Files.readString(configuration(false));
    int end = demo.indexOf("accounts:");
    String second =
        """
        - {id: "KRAKEN:BTCUSD", base: BTC, quote: USD, kind: spot, tick: "0.01", lot: "0.00000001",
           min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        """;
    Path configuration =
        Files.writeString(
            folder.resolve("two.yaml"),
            demo.substring(0, end).stripTrailing()
                + "\n"
                + second.indent(2)
                + demo.substring(end)
                + "features: {intervals: [1s], sets: [venues], arbitrage: \"0.005\"}\n");
    List<Results> runs = new ArrayList<>();
    for (int parallelism : new int[] {1, 2}) {
      Path out = folder.resolve("two-" + parallelism);
      Cli.done(
          "replay",
          "--trades",
          trades,
          "--config",
          configuration,
          "--parallelism",
          parallelism,
          "--out",
          out);
      runs.add(new Results(out));
    }
    assertThat(runs.get(1).bytes()).isEqualTo(runs.get(0).bytes());
    assertThat(runs.get(1).text("bars.jsonl")).isEqualTo(runs.get(0).text("bars.jsonl"));
    List<JsonNode> told = runs.get(0).events("ARBITRAGE");
    assertThat(told).hasSize(1);
    assertThat(told.get(0).path("instrument").textValue()).isEqualTo(BTC);
    assertThat(told.get(0).path("detail").path("dearest").textValue()).isEqualTo("KRAKEN:BTCUSD");
    JsonNode bar = runs.get(0).lines("bars.jsonl").get(10);
    assertThat(bar.path("features").path("venue_spread@tick").doubleValue()).isEqualTo(0.00125);
  }

  private static final String[] OTHERS = {"KRAKEN:BTCUSD", "BITSTAMP:ETHUSD"};

  /** Trades of three instruments, quotes of the first among them. */
  private Path tradesOfThree() throws IOException {
    Random random = new Random(8);
    List<String> lines = new ArrayList<>(Files.readAllLines(trades()));
    List<Object> others = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      long time = START + i * 260_000L;
      String price = "%.2f".formatted(800 + 3 * random.nextGaussian());
      others.add(Wire.trade(OTHERS[i % 2], price, time));
      others.add(Wire.quote(BTC, price, "%.2f".formatted(804 + random.nextDouble()), time));
    }
    lines.addAll(Wire.lines(others.toArray(Object[]::new)).lines().toList());
    lines.sort(Comparator.comparing(line -> Results.json(line).path("event_time_us").longValue()));
    return Files.write(folder.resolve("three.jsonl"), lines);
  }

  private Path configurationOfThree() throws IOException {
    String demo = Files.readString(configuration(false));
    int end = demo.indexOf("accounts:");
    String others =
        """
        - {id: "KRAKEN:BTCUSD", base: BTC, quote: USD, kind: spot, tick: "0.01", lot: "0.00000001",
           min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "BITSTAMP:ETHUSD", base: ETH, quote: USD, kind: spot, tick: "0.01", lot: "0.00000001",
           min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        """;
    String keys =
        """
        features:
          intervals: [1s]
          basket: ["BITSTAMP:BTCUSD", "BITSTAMP:ETHUSD"]
          compose:
            - {name: calm, input: log_return_1, transform: deviation, window: 20}
            - {name: dear, input: "venue_spread@tick", transform: zscore, window: 30}
        regimes: {window: 5, confirm_bars: 1}
        volatility: {method: garman_klass, bar: 1s, window: 20}
        """;
    return Files.writeString(
        folder.resolve("all.yaml"),
        demo.substring(0, end).stripTrailing()
            + "\n"
            + others.indent(2)
            + demo.substring(end)
            + keys);
  }

  private static Dataset learned(Path trades, Path configuration) throws IOException {
    InputFile file =
        new InputFile(trades, InputKind.TRADES, 0, FileFormat.named("wire").orElseThrow(), null);
    return FeatureReplay.of(
        List.of(file), BTC, BarInterval.SECOND, ConfigurationFile.read(configuration), read -> {});
  }

  /**
   * What a model learns from is what it will see, to the last digit that is written: with the sets,
   * compositions and peers that the configuration of its gate has.
   */
  @Test
  void rowsOfTrainingAndOfAReplayHaveOneHash() throws IOException {
    Path trades = tradesOfThree();
    Path configuration = configurationOfThree();
    Path out = folder.resolve("live");
    Cli.done("replay", "--trades", trades, "--config", configuration, "--out", out);
    List<String> live = new ArrayList<>();
    for (JsonNode bar : new Results(out).lines("bars.jsonl")) {
      if (bar.path("instrument").textValue().equals(BTC)) {
        live.add(bar.path("regime").textValue() + bar.path("features"));
      }
    }

    Dataset data = learned(trades, configuration);
    List<String> learned = new ArrayList<>();
    for (int i = 0; i < data.rows().length; i++) {
      JsonWriter json = new JsonWriter();
      json.beginObject();
      for (int j = 0; j < data.features().size(); j++) {
        if (!Double.isNaN(data.rows()[i][j])) {
          json.name(data.features().get(j)).value((Double) data.rows()[i][j]);
        }
      }
      json.endObject();
      String row = Results.json(new String(json.toBytes(), StandardCharsets.UTF_8)).toString();
      learned.add((data.regimes()[i] == null ? null : data.regimes()[i].name()) + row);
    }
    assertThat(learned).hasSizeGreaterThan(300);
    assertThat(learned.get(300))
        .doesNotStartWith("null")
        .contains(
            "calm@1s",
            "dear@1s",
            "venue_premium@tick",
            "basket_correlation_60@1s",
            "micro_price@tick");
    assertThat(Sha256.hex(String.join("\n", learned)))
        .isEqualTo(Sha256.hex(String.join("\n", live)));
    assertThat(data.descriptions()).contains("calm = deviation 20 of (log_return_1)@1s");
  }

  @Test
  void aModelIsTrainedOnWhatItsGateHasOnly() throws IOException {
    Path few =
        Files.writeString(
            folder.resolve("few.yaml"),
            Files.readString(configuration(false))
                + "features: {intervals: [1s], sets: [returns, quotes]}\n");
    assertThat(learned(trades(), few).features())
        .contains("log_return_10@1s", "spread@tick")
        .noneMatch(name -> name.startsWith("rsi"));
    assertThatThrownBy(
            () ->
                learned(
                    trades(),
                    Files.writeString(
                        folder.resolve("slow.yaml"),
                        Files.readString(configuration(false))
                            + "features: {intervals: [1m, 5m]}\n")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the interval is 1s, expected one of features.intervals")
        .hasMessageContaining("1m, 5m");
  }
}
