package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regimes, anomalies and fitted volatility in a whole replay. */
class RegimeReplayTest {
  private static final String BTC = "BITSTAMP:BTCUSD";
  private static final long START = 1_700_000_100_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final int SECONDS = 4 * 3_600;
  private static final String BY_BARS =
      """
      regimes: {}
      anomalies: {length: 16, history: 64, discord_score: "2", motif_matches: 1}
      """;
  private static final String GARCH =
      """
      volatility: {method: garch, garch: {window: 100, fit_every: 30}}
      """;

  @TempDir Path folder;

  /** It rises for an hour in four, and goes nowhere in the others. */
  private Path trades() throws IOException {
    Random random = new Random(7);
    List<Object> lines = new ArrayList<>();
    double price = 800;
    for (int second = 0; second < SECONDS; second += 5) {
      boolean rises = second / 3_600 == 2;
      price *= Math.exp(0.0003 * random.nextGaussian() + (rises ? 0.00012 : 0));
      lines.add(Wire.trade(BTC, "%.2f".formatted(price), START + second * SECOND));
    }
    return Files.writeString(
        folder.resolve("trades.jsonl"), Wire.lines(lines.toArray(Object[]::new)));
  }

  private Path intents() throws IOException {
    List<Object> lines = new ArrayList<>();
    for (int second = 301; second < SECONDS; second += 60) {
      String side = lines.size() % 2 == 0 ? "BUY" : "SELL";
      lines.add(Wire.market("i" + second, "demo", BTC, side, "0.5", START + second * SECOND));
    }
    return Files.writeString(
        folder.resolve("intents.jsonl"), Wire.lines(lines.toArray(Object[]::new)));
  }

  private Results replay(String name, String keys, boolean byRegime, int parallelism)
      throws IOException {
    Path packaged = Path.of("..", "jobs", "src", "main", "resources", "io", "sluice", "jobs");
    String demo = Files.readString(packaged.resolve("demo.yaml"));
    String limits =
        byRegime
            ? demo.replace(
                "max_qty: \"5\"", "max_qty: {bound: \"5\", regimes: {trending: \"0.1\"}}")
            : demo;
    Path configuration = Files.writeString(folder.resolve(name + ".yaml"), limits + keys);
    Path out = folder.resolve(name);
    Cli.done(
        "replay",
        "--trades",
        trades(),
        "--intents",
        intents(),
        "--config",
        configuration,
        "--parallelism",
        parallelism,
        "--out",
        out);
    return new Results(out);
  }

  @Test
  void limitsFollowTheRegimeAndAReplayAgrees() throws IOException {
    Results plain = replay("plain", "", false, 1);
    Results watched = replay("watched", BY_BARS, false, 1);
    assertThat(watched.text("decisions.jsonl"))
        .as("no decision depends on a regime that no limit asks for")
        .isEqualTo(plain.text("decisions.jsonl"));

    Results one = replay("one", BY_BARS + GARCH, true, 1);
    Results two = replay("two", BY_BARS + GARCH, true, 2);
    assertThat(two.bytes()).isEqualTo(one.bytes());
    Cli.done(
        "verify",
        "--journal",
        one.folder().resolve("journal.jsonl"),
        "--heads",
        one.folder().resolve("summary.json"));

    Set<String> types = new TreeSet<>();
    one.lines("events.jsonl").forEach(event -> types.add(event.path("type").textValue()));
    assertThat(types).contains("REGIME", "ANOMALY");

    int trending = 0;
    int others = 0;
    for (JsonNode line : one.lines("journal.jsonl")) {
      for (JsonNode decision : line.path("decisions")) {
        String regime = line.path("snapshot").path("regime").textValue();
        for (JsonNode outcome : decision.path("outcomes")) {
          if (outcome.path("rule").textValue().equals("R03")) {
            boolean isTight = regime == null || regime.equals("TRENDING");
            assertThat(outcome.path("limit").textValue()).isEqualTo(isTight ? "0.1" : "5");
            trending += "TRENDING".equals(regime) ? 1 : 0;
            others += isTight ? 0 : 1;
          }
        }
      }
    }
    assertThat(trending).isGreaterThan(10);
    assertThat(others).isGreaterThan(20);
  }
}
