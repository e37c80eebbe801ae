package io.sluice.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.FrontOutput;
import io.sluice.domain.market.FrontTerms;
import io.sluice.domain.market.InstrumentMarket;
import io.sluice.domain.market.crash.CrashGuard;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.scoring.Score;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real trades through the front and the pattern, against the guard that acts at once. */
class PublishedCrashesTest {
  private static final String RULES =
      """
      {"crash_rules": [{"window_ms": 1000, "drop": "0.0002"}, {"window_ms": 1000, "drop": "0.02"},
        {"window_ms": 10000, "drop": "0.02"}, {"window_ms": 60000, "drop": "0.02"}, {"window_ms": 600000, "drop": "0.02"},
        {"window_ms": 10000, "drop": "0.05"}, {"window_ms": 10000, "drop": "0.10"}, {"window_ms": 10000, "drop": "0.20"}]}
      """;

  @Test
  void theMisprintOf2023() throws Exception {
    List<Trade> trades = binance("trades_2023-04-05_btcusdt_usdm.csv.gz", "usdm,BTCUSDT");
    assertThat(trades).hasSize(10_738);
    List<Event> events = compare(trades);
    assertThat(events.stream().filter(event -> windowOf(event, "600000")).map(Event::eventTimeUs))
        .containsExactly(1_680_652_874_417_000L);
  }

  @Test
  void theCalmOf2024() throws Exception {
    List<Event> events = compare(binance("trades_2024-08-08T2354_6streams.csv.gz", "spot,BTCUSDT"));
    assertThat(events.stream().filter(event -> !windowOf(event, "1000"))).isEmpty();
    assertThat(events).as("many small episodes").hasSizeGreaterThan(5);
  }

  @Test
  void atomInOneMicrosecondIsOneEpisodeForEachRule() throws Exception {
    List<Trade> trades = new ArrayList<>();
    for (String line : lines("atom-binance-flash-2025-10-10/flash_sell_sequence.csv")) {
      String[] row = line.split(",");
      trades.add(trade(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(row[5])), row[1]));
    }
    List<Event> events = compare(trades);
    assertThat(events).hasSize(8).allMatch(event -> event.eventTimeUs() == 1_760_131_237_689_043L);
  }

  private static boolean windowOf(Event event, String windowMs) {
    return new String(event.detail(), StandardCharsets.UTF_8)
        .contains("\"window_ms\":" + windowMs + ",");
  }

  private static List<Event> compare(List<Trade> trades) throws Exception {
    Configuration configuration =
        Configuration.parse("test", StrictJson.object(RULES.getBytes(StandardCharsets.UTF_8)));
    InstrumentMarket market = new InstrumentMarket("A", new FrontTerms(configuration));
    CrashGuard guard = new CrashGuard(configuration.crashRules());
    Map<CrashRule, Long> lastCandidates = new HashMap<>();
    List<String> expected = new ArrayList<>();
    try (EpisodeHarness harness = EpisodeHarness.open()) {
      ToPattern out = new ToPattern(harness);
      for (Trade trade : trades) {
        out.number++;
        List<CrashRule> before = guard.active();
        for (CrashGuard.Candidate candidate : guard.add(trade.eventTimeUs(), trade.price())) {
          CrashRule rule = candidate.rule();
          Long last = lastCandidates.put(rule, candidate.stampUs());
          if (!before.contains(rule) || candidate.stampUs() - last > rule.windowMs() * 1_000) {
            expected.add(rule + " " + out.number);
          }
        }
        market.apply(new Row(trade, new Cause("t", 0, out.number, 0), out.number, 0, 0), out);
        harness.passed(out.number);
      }
      List<Event> events = harness.events();
      Map<String, String> rows = new HashMap<>();
      out.candidates.forEach(
          candidate ->
              rows.put(
                  FlashCrashEpisode.event(candidate).eventId(),
                  candidate.rule() + " " + candidate.cause().offset()));
      assertThat(events)
          .extracting(event -> rows.get(event.eventId()))
          .containsExactlyInAnyOrderElementsOf(expected);
      return events;
    }
  }

  private static final class ToPattern implements FrontOutput {
    private final EpisodeHarness harness;
    private final List<CrashCandidate> candidates = new ArrayList<>();
    private long number;

    ToPattern(EpisodeHarness harness) {
      this.harness = harness;
    }

    @Override
    public void entry(Entry entry) {
      throw new AssertionError("nobody has subscribed: " + entry);
    }

    @Override
    public void candidate(CrashCandidate candidate) {
      candidates.add(candidate);
      try {
        harness.add(candidate, number);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void score(int place, Score score) {
      // There is no model.
    }

    @Override
    public void bar(io.sluice.domain.market.feature.FeatureRow row) {
      // There are none.
    }

    @Override
    public void event(Event event) {
      throw new AssertionError("nobody looks at bars: " + event);
    }
  }

  private static List<Trade> binance(String file, String stream) throws Exception {
    List<Trade> trades = new ArrayList<>();
    for (String line : lines("hftbacktest-l1/" + file)) {
      String[] row = line.split(",", -1);
      if (stream.equals(row[2] + "," + row[3])) {
        trades.add(trade(Long.parseLong(row[1]) * 1_000, row[5]));
      }
    }
    return trades;
  }

  private static Trade trade(long timeUs, String price) {
    return new Trade(
        "A", null, new BigDecimal(price), BigDecimal.ONE, Aggressor.SELL, timeUs, null);
  }

  /** The rows of a published file below its header; the test is skipped where it is missing. */
  private static List<String> lines(String name) throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    String folder =
        System.getProperty(
            "sluice.shared.data", root.resolve("../shared/data").normalize().toString());
    Path file = Path.of(folder, name);
    Assumptions.assumeTrue(
        Files.isReadable(file), file + " is missing; give its folder with -Dsluice.shared.data");
    try (var in = Files.newInputStream(file);
        var reader =
            new BufferedReader(
                new InputStreamReader(
                    name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).toList();
    }
  }
}
