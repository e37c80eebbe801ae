package io.sluice.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.CrashCandidate;
import io.sluice.domain.market.crash.CrashRule;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlashCrashEpisodeTest {
  private static final CrashRule TEN_SECONDS = new CrashRule(10_000, new BigDecimal("0.02"));
  private static final CrashRule MINUTE = new CrashRule(60_000, new BigDecimal("0.05"));
  private static final CrashRule DEEP_TEN_SECONDS = new CrashRule(10_000, new BigDecimal("0.05"));
  private static final long SECOND = 1_000_000L;
  private static final long START = 1_700_000_000_000_000L;

  private long number;

  @Test
  void theFirstCandidateAfterTheCalmOpensTheFirstEpisode() throws Exception {
    assertThat(episodes(calm(TEN_SECONDS, START), at(TEN_SECONDS, START))).containsExactly(START);
  }

  @Test
  void theCalmAloneIsNoEpisode() throws Exception {
    assertThat(episodes(calm(TEN_SECONDS, START))).isEmpty();
  }

  @Test
  void candidatesWithinTheWindowAreOneEpisode() throws Exception {
    assertThat(
            episodes(
                calm(TEN_SECONDS, START),
                at(TEN_SECONDS, START),
                at(TEN_SECONDS, START),
                at(TEN_SECONDS, START + 10 * SECOND),
                at(TEN_SECONDS, START + 20 * SECOND)))
        .containsExactly(START);
  }

  @Test
  void oneMicrosecondMoreThanTheWindowBeginsTheNext() throws Exception {
    assertThat(
            episodes(
                calm(TEN_SECONDS, START),
                at(TEN_SECONDS, START),
                at(TEN_SECONDS, START + 10 * SECOND + 1),
                at(TEN_SECONDS, START + 10 * SECOND + 2)))
        .containsExactly(START, START + 10 * SECOND + 1);
  }

  @Test
  void everyIsolatedCandidateIsAnEpisodeOfItsOwnHoweverLongAfter() throws Exception {
    long day = 86_400 * SECOND;
    assertThat(
            episodes(
                calm(TEN_SECONDS, START),
                at(TEN_SECONDS, START),
                at(TEN_SECONDS, START + day),
                at(TEN_SECONDS, START + 400 * day)))
        .containsExactly(START, START + day, START + 400 * day);
  }

  @Test
  void theEventCarriesTheFirstRowsOwnTimeAndTheContractsDetail() throws Exception {
    CrashCandidate late =
        new CrashCandidate(
            "BINANCE:BTCUSDT",
            TEN_SECONDS,
            new Cause("t.csv", 0, 7, 0),
            START,
            START - 5 * SECOND,
            0.0205,
            new BigDecimal("100.00"),
            new BigDecimal("97.95"));
    try (EpisodeHarness harness = EpisodeHarness.open()) {
      harness.add(candidate("BINANCE:BTCUSDT", TEN_SECONDS, START - 10 * SECOND - 1, 0), 1);
      harness.add(late, 2);
      harness.passed(2);
      Event event = harness.events().get(0);
      assertThat(event.eventTimeUs()).isEqualTo(START - 5 * SECOND);
      assertThat(event.type()).isEqualTo(Event.Type.FLASH_CRASH);
      assertThat(event.scope()).isEqualTo("instrument:BINANCE:BTCUSDT");
      assertThat(event.instrument()).isEqualTo("BINANCE:BTCUSDT");
      assertThat(new String(event.detail(), StandardCharsets.UTF_8))
          .startsWith(
              "{\"window_ms\":10000,\"drop\":0.0205,\"from_price\":\"100\",\"to_price\":\"97.95\"");
    }
  }

  /** It would fail again after every restart. */
  @Test
  void aCandidateOnWhichThePatternFailsIsADeadLetterAndTheNextEpisodeIsFound() throws Exception {
    try (EpisodeHarness harness =
        EpisodeHarness.open(
            opening -> {
              if (opening.cause().offset() == 2) {
                throw new IllegalStateException("unfit");
              }
              return FlashCrashEpisode.event(opening);
            })) {
      harness.add(calm(TEN_SECONDS, START), 1);
      harness.add(at(TEN_SECONDS, START), 2);
      harness.add(at(TEN_SECONDS, START + 11 * SECOND), 3);
      assertThat(harness.leftOut())
          .containsExactly("the pattern of flash crashes of A cannot take it in: unfit");
      assertThat(harness.events())
          .extracting(Event::eventTimeUs)
          .containsExactly(START + 11 * SECOND);
    }
  }

  @Test
  void anEventKeepsItsIdAndAnotherRuleGivesItAnother() {
    assertThat(FlashCrashEpisode.event(at(TEN_SECONDS, START)).eventId()).hasSize(32);
    number = 0;
    String id = FlashCrashEpisode.event(at(TEN_SECONDS, START)).eventId();
    number = 0;
    assertThat(FlashCrashEpisode.event(at(TEN_SECONDS, START)).eventId()).isEqualTo(id);
    number = 0;
    assertThat(FlashCrashEpisode.event(at(DEEP_TEN_SECONDS, START)).eventId()).isNotEqualTo(id);
  }

  @Property(tries = 25)
  void eachInstrumentAndRuleHasTheEpisodesOfTheContract(@ForAll long seed) throws Exception {
    List<CrashCandidate> stream = random(new Random(seed), 120);
    try (EpisodeHarness harness = EpisodeHarness.open()) {
      long row = 0;
      for (CrashCandidate candidate : stream) {
        harness.add(candidate, ++row);
        harness.passed(row);
      }
      assertThat(harness.events()).extracting(Event::eventId).isEqualTo(expected(stream));
    }
  }

  @Property(tries = 4)
  void anEpisodeGoesOnAfterARestoreAtAnyCandidate(@ForAll long seed) throws Exception {
    List<CrashCandidate> stream = random(new Random(seed), 60);
    List<String> ids = new ArrayList<>();
    EpisodeHarness harness = EpisodeHarness.open();
    long row = 0;
    for (CrashCandidate candidate : stream) {
      harness.add(candidate, ++row);
      harness.passed(row);
      harness.events().forEach(event -> ids.add(event.eventId()));
      harness = harness.restored();
    }
    harness.close();
    assertThat(ids).isEqualTo(expected(stream));
  }

  @Test
  void stateDoesNotGrowWithTheCandidates() throws Exception {
    try (EpisodeHarness harness = EpisodeHarness.open()) {
      harness.add(calm(TEN_SECONDS, START), 0);
      long sizeAfterTen = 0;
      for (int i = 1; i <= 2_000; i++) {
        harness.add(at(TEN_SECONDS, START + i * (i % 7 == 0 ? 11 : 9) * SECOND), i);
        harness.passed(i);
        sizeAfterTen = i == 10 ? harness.snapshot().getStateSize() : sizeAfterTen;
      }
      assertThat(harness.snapshot().getStateSize()).isLessThan(sizeAfterTen * 11 / 10);
    }
  }

  private static List<String> expected(List<CrashCandidate> stream) {
    Map<String, Long> lastStamps = new HashMap<>();
    List<String> ids = new ArrayList<>();
    for (CrashCandidate candidate : stream) {
      Long before = lastStamps.put(candidate.key(), candidate.stampUs());
      if (before != null && candidate.stampUs() - before > candidate.rule().windowMs() * 1_000) {
        ids.add(FlashCrashEpisode.event(candidate).eventId());
      }
    }
    return ids;
  }

  /** Two instruments, three rules, stamps that stand still, go on, or jump about a window. */
  private List<CrashCandidate> random(Random random, int size) {
    List<CrashRule> rules = List.of(TEN_SECONDS, MINUTE, DEEP_TEN_SECONDS);
    List<CrashCandidate> stream = new ArrayList<>();
    long stamp = START;
    for (String instrument : List.of("A", "B")) {
      rules.forEach(
          rule -> stream.add(candidate(instrument, rule, START - rule.windowMs() * 1_000 - 1, 0)));
    }
    while (stream.size() < size) {
      stamp +=
          switch (random.nextInt(5)) {
            case 0, 1 -> 0;
            case 2 -> random.nextInt(3);
            case 3 -> 10 * SECOND + random.nextInt(2);
            default -> random.nextInt(70) * SECOND;
          };
      CrashRule rule = rules.get(random.nextInt(rules.size()));
      stream.add(candidate(random.nextBoolean() ? "A" : "B", rule, stamp, 0.06));
    }
    return stream;
  }

  private List<Long> episodes(CrashCandidate... candidates) throws Exception {
    try (EpisodeHarness harness = EpisodeHarness.open()) {
      for (CrashCandidate candidate : candidates) {
        harness.add(candidate, candidate.cause().offset());
      }
      harness.passed(Long.MAX_VALUE);
      return harness.events().stream().map(Event::eventTimeUs).toList();
    }
  }

  static CrashCandidate anyCandidate() {
    return new FlashCrashEpisodeTest().at(MINUTE, START);
  }

  private CrashCandidate calm(CrashRule rule, long firstTradeUs) {
    return candidate("A", rule, firstTradeUs - rule.windowMs() * 1_000 - 1, 0);
  }

  private CrashCandidate at(CrashRule rule, long stampUs) {
    return candidate("A", rule, stampUs, 0.06);
  }

  private CrashCandidate candidate(String instrument, CrashRule rule, long stampUs, double drop) {
    return new CrashCandidate(
        instrument,
        rule,
        new Cause("t.csv", 0, ++number, 0),
        stampUs,
        stampUs,
        drop,
        new BigDecimal("100"),
        new BigDecimal("94"));
  }
}
