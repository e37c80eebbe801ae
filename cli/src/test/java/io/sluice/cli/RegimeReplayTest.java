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

/** Regimes, anomalies, fitted volatility and features in a whole replay. */
class RegimeReplayTest {
  private static final String BTC = "BITSTAMP:BTCUSD";
  private static final long START = 1_700_000_100_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final int SECONDS = 4 * 3_600;

  /** Everything that the front makes of the market. */
  static final String ALL =
      """
      regimes: {}
      anomalies: {length: 16, history: 64, discord_score: "2", motif_matches: 1}
      volatility: {method: garch, garch: {window: 100, fit_every: 30}}
      features: {intervals: [1m, 5m]}
      """;

  @TempDir Path folder;

  /** It rises in the third hour of four, and goes nowhere in the others. */
  private Path trades() throws IOException {
    Random random = new Random(7);
    List<Object> lines = new ArrayList<>();
    double price = 800;
    for (int second = 0; second < SECONDS; second += 2) {
      boolean rises = second / 3_600 == 2;
      price *= Math.exp(0.0002 * random.nextGaussian() + (rises ? 0.00005 : 0));
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

  private List<String> arguments(String name, String keys, int parallelism) throws IOException {
    String demo = Files.readString(Path.of("../jobs/src/main/resources/io/sluice/jobs/demo.yaml"));
    String byRegime =
        demo.replace("max_qty: \"5\"", "max_qty: {bound: \"5\", regimes: {trending: \"0.1\"}}");
    Path configuration =
        Files.writeString(
            folder.resolve(name + ".yaml"), (keys.isEmpty() ? demo : byRegime) + keys);
    return new ArrayList<>(
        List.of(
            "replay",
            "--trades",
            trades().toString(),
            "--intents",
            intents().toString(),
            "--config",
            configuration.toString(),
            "--parallelism",
            String.valueOf(parallelism),
            "--out",
            folder.resolve(name).toString()));
  }

  private Results replay(String name, String keys, int parallelism) throws IOException {
    Cli.done(arguments(name, keys, parallelism).toArray());
    return new Results(folder.resolve(name));
  }

  private static void assertSame(Results found, Results expected) {
    assertThat(found.bytes()).isEqualTo(expected.bytes());
    assertThat(found.text("bars.jsonl")).isEqualTo(expected.text("bars.jsonl"));
  }

  @Test
  void limitsFollowTheRegimeAndAReplayAgreesAlsoOneThatWasRestoredInTheMiddle() throws Exception {
    Results one = replay("one", ALL, 1);
    assertSame(replay("two", ALL, 2), one);
    assertThat(Cli.verify(one.folder()).code()).isZero();

    List<String> killed = arguments("killed", ALL, 1);
    Path checkpoints = folder.resolve("checkpoints");
    killed.addAll(
        List.of("--checkpoint-dir", checkpoints.toString(), "--checkpoint-interval", "10ms"));
    ChildReplay.start(folder, killed).killAfterCheckpoint(checkpoints, Set.of());
    killed.add("--resume");
    Cli.done(killed.toArray());
    assertSame(new Results(folder.resolve("killed")), one);

    Set<String> types = new TreeSet<>();
    one.lines("events.jsonl").forEach(event -> types.add(event.path("type").textValue()));
    assertThat(types).contains("REGIME", "ANOMALY");
    Set<String> ofBars = new TreeSet<>();
    one.lines("bars.jsonl").forEach(bar -> ofBars.add(bar.path("regime").asText()));
    assertThat(ofBars).contains("TRENDING").hasSizeGreaterThan(2);
    limitsFollowTheRegime(one);
  }

  private static void limitsFollowTheRegime(Results results) {
    int trending = 0;
    int others = 0;
    for (JsonNode line : results.journal()) {
      for (JsonNode decision : line.path("decisions")) {
        String regime = line.path("snapshot").path("regime").textValue();
        for (JsonNode outcome : decision.path("outcomes")) {
          if (regime != null && outcome.path("rule").textValue().equals("R03")) {
            boolean isTrending = regime.equals("TRENDING");
            assertThat(outcome.path("limit").textValue()).isEqualTo(isTrending ? "0.1" : "5");
            trending += isTrending ? 1 : 0;
            others += isTrending ? 0 : 1;
          }
        }
      }
    }
    assertThat(trending).isGreaterThan(10);
    assertThat(others).isGreaterThan(20);
  }

  @Test
  void noDecisionDependsOnARegimeThatNoLimitAsksFor() throws IOException {
    Results plain = replay("plain", "", 1);
    Path watched = Files.writeString(folder.resolve("w.yaml"), "");
    List<String> arguments = arguments("watched", "", 1);
    String configured = Files.readString(folder.resolve("watched.yaml"));
    Files.writeString(watched, configured + "regimes: {}\nanomalies: {}\n");
    arguments.set(arguments.indexOf("--config") + 1, watched.toString());
    Cli.done(arguments.toArray());
    assertThat(new Results(folder.resolve("watched")).text("decisions.jsonl"))
        .isEqualTo(plain.text("decisions.jsonl"));
  }
}
