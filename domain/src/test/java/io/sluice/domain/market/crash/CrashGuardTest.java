package io.sluice.domain.market.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.crash.CrashGuard.Candidate;
import io.sluice.domain.market.crash.TradeStream.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CrashGuardTest {
  private static final long START = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final List<CrashRule> RULES =
      List.of(
          rule(10_000, "0.02"), rule(60_000, "0.05"), rule(600_000, "0.10"), rule(10_000, "0.05"));

  @Property(tries = 150)
  void candidatesAreTheRowsThatTheFormulaNames(@ForAll long seed) {
    CrashGuard guard = new CrashGuard(RULES);
    DropOracle oracle = new DropOracle(RULES);
    for (Row row : TradeStream.random(seed, 300, 60 * SECOND)) {
      List<CrashRule> expected = oracle.add(row);
      List<Candidate> found = guard.add(row.timeUs(), row.price());
      assertThat(found).extracting(Candidate::rule).isEqualTo(expected);
      assertThat(found.stream().filter(Candidate::opensEpisode).map(Candidate::rule).toList())
          .isEqualTo(oracle.opened());
      for (Candidate candidate : found) {
        BigDecimal highest = oracle.highest(candidate.rule());
        assertThat(candidate.from()).isEqualByComparingTo(highest);
        assertThat(candidate.stampUs()).isEqualTo(oracle.largestUs());
        assertThat(candidate.drop())
            .isEqualTo(1 - row.price().doubleValue() / highest.doubleValue(), within(1e-15));
      }
    }
    assertThat(guard.tradesBeyondHorizon()).isZero();
  }

  @Property(tries = 100)
  void aRuleIsActiveUntilItsWindowHasPassedWithoutACandidate(@ForAll long seed) {
    CrashGuard guard = new CrashGuard(RULES);
    DropOracle oracle = new DropOracle(RULES);
    for (Row row : TradeStream.random(seed, 300, 60 * SECOND)) {
      oracle.add(row);
      guard.add(row.timeUs(), row.price());
      assertThat(guard.active()).isEqualTo(oracle.active());
      assertThat(guard.isActive()).isEqualTo(!oracle.active().isEmpty());
    }
  }

  @Property(tries = 30)
  void aGuardThatIsRestoredAtEveryRowAnswersAsOneThatNeverWas(@ForAll long seed)
      throws UnreadableException {
    CrashGuard straight = new CrashGuard(RULES);
    CrashGuard restored = new CrashGuard(RULES);
    Map<Long, byte[]> stored = new TreeMap<>();
    for (Row row : TradeStream.random(seed, 250, 300 * SECOND)) {
      assertThat(restored.add(row.timeUs(), row.price()))
          .isEqualTo(straight.add(row.timeUs(), row.price()));
      assertThat(restored.active()).isEqualTo(straight.active());
      assertThat(restored.tradesBeyondHorizon()).isEqualTo(straight.tradesBeyondHorizon());
      byte[] header = restored.header();
      assertThat(header).isEqualTo(straight.header());
      store(restored.takeChangedPages(), stored);
      restored = new CrashGuard(RULES);
      restored.restore(header, stored);
      assertThat(restored.takeChangedPages()).as("what was restored is stored already").isEmpty();
    }
  }

  @Property(tries = 60)
  void aTradeFromBeyondTheHorizonIsNeverHeldAgainstTooLowAPrice(@ForAll long seed) {
    CrashGuard guard = new CrashGuard(RULES);
    DropOracle oracle = new DropOracle(RULES);
    for (Row row : TradeStream.random(seed, 300, 7_200 * SECOND)) {
      List<CrashRule> expected = oracle.add(row);
      assertThat(guard.add(row.timeUs(), row.price()))
          .extracting(Candidate::rule)
          .containsAll(expected);
    }
  }

  @Test
  void theBoundItselfCountsExactly() {
    assertThat(dropsFrom("100", "98", "0.02")).isTrue();
    assertThat(dropsFrom("100", "98.000000000001", "0.02")).isFalse();
    assertThat(dropsFrom("10", "9", "0.10")).isTrue();
    assertThat(dropsFrom("10", "9.00000000000001", "0.10")).isFalse();
    assertThat(dropsFrom("0.00001230", "0.00001107", "0.1")).isTrue();
    assertThat(dropsFrom("0.00001230", "0.00001108", "0.1")).isFalse();
    assertThat(dropsFrom("123456789012345", "111111110111110.5", "0.1")).isTrue();
    assertThat(dropsFrom("123456789012345", "111111110111111", "0.1")).isFalse();
    assertThat(dropsFrom("0.000000000000000003", "0.000000000000000001", "0.5")).isTrue();
  }

  private static boolean dropsFrom(String from, String to, String drop) {
    CrashGuard guard = new CrashGuard(List.of(rule(1_000, drop)));
    guard.add(START, new BigDecimal(from));
    return !guard.add(START, new BigDecimal(to)).isEmpty();
  }

  @Test
  void bothEndsOfTheWindowBelongToIt() {
    CrashGuard guard = new CrashGuard(List.of(rule(10_000, "0.02")));
    guard.add(START, price(100));
    assertThat(guard.add(START + 10 * SECOND, price(98))).hasSize(1);
    assertThat(guard.add(START + 10 * SECOND + 1, price(98))).isEmpty();
  }

  @Test
  void aPriceStampedLaterDoesNotCount() {
    CrashGuard guard = new CrashGuard(List.of(rule(10_000, "0.02")));
    guard.add(START, price(90));
    guard.add(START + 2, price(100));
    assertThat(guard.add(START + 1, price(90))).isEmpty();
    assertThat(guard.add(START + 2, price(90))).hasSize(1);
  }

  @Test
  void theEpisodeEndsOneMicrosecondAfterItsWindow() {
    CrashGuard guard = new CrashGuard(List.of(rule(10_000, "0.02")));
    guard.add(START, price(100));
    guard.add(START + 5, price(98));
    guard.add(START + 5 + 10 * SECOND, price(98));
    assertThat(guard.isActive()).isTrue();
    guard.add(START + 6 + 10 * SECOND, price(98));
    assertThat(guard.isActive()).isFalse();
  }

  @Test
  void aLateCandidateProlongsTheEpisodeFromTheLargestStamp() {
    CrashGuard guard = new CrashGuard(List.of(rule(10_000, "0.02")));
    guard.add(START, price(100));
    guard.add(START + 30 * SECOND, price(95));
    assertThat(guard.add(START + 1, price(95)))
        .containsExactly(
            new Candidate(
                rule(10_000, "0.02"),
                START + 30 * SECOND,
                Long.MIN_VALUE,
                1 - 95.0 / 100,
                price(100)));
    guard.add(START + 40 * SECOND, price(95));
    assertThat(guard.isActive()).isTrue();
  }

  @Test
  void oneStampFarAheadDoesNotBlindTheGuard() {
    for (long ahead :
        List.of(3_600 * SECOND, 86_400 * SECOND, 86_401 * SECOND, 3_000_000_000L * SECOND)) {
      CrashGuard guard = new CrashGuard(RULES);
      guard.add(START, price(100));
      guard.add(START + SECOND, price(100));
      guard.add(START + ahead, price(100));
      guard.add(START + 2 * SECOND, price(101));
      assertThat(guard.add(START + 3 * SECOND, price(98)))
          .as("after a stamp %d ahead", ahead)
          .hasSize(1);
    }
  }

  @Test
  void aFirstStampFarAheadDoesNotBlindTheGuard() {
    CrashGuard guard = new CrashGuard(RULES);
    guard.add(START + 3_000_000_000L * SECOND, price(1));
    guard.add(START, price(100));
    guard.add(START, price(100));
    assertThat(guard.add(START, price(98))).hasSize(1);
  }

  @Test
  void afterDaysOfSilenceTheFirstTradeCounts() {
    CrashGuard guard = new CrashGuard(RULES);
    guard.add(START, price(100));
    guard.add(START, price(100));
    long later = START + 3 * 86_400 * SECOND;
    assertThat(guard.add(later, price(50))).isEmpty();
    assertThat(guard.add(later + 1, price(49)))
        .extracting(Candidate::rule)
        .containsExactly(RULES.get(0));
  }

  @Test
  void aCheckpointWritesOnlyTheSecondsThatHaveChanged() {
    CrashGuard guard = new CrashGuard(RULES);
    for (int second = 0; second < 30; second++) {
      guard.add(START + second * SECOND, price(100));
    }
    assertThat(guard.takeChangedPages()).hasSize(30);
    guard.add(START + 29 * SECOND, price(100));
    guard.add(START + 12 * SECOND, price(100));
    assertThat(guard.takeChangedPages().keySet())
        .containsExactly(START / SECOND + 12, START / SECOND + 29);
    assertThat(guard.takeChangedPages()).isEmpty();
  }

  @Test
  void stateStaysAsLongAsTheLongestWindow() {
    CrashGuard guard = new CrashGuard(RULES);
    Map<Long, byte[]> stored = new TreeMap<>();
    int rows = 0;
    for (int second = 0; second < 20_000; second++) {
      for (int row = 0; row < 20; row++) {
        guard.add(START + second * SECOND + row * 1_000, price(100 + (rows++ * 7919) % 50));
      }
      if (second % 100 == 0) {
        store(guard.takeChangedPages(), stored);
      }
    }
    store(guard.takeChangedPages(), stored);
    assertThat(stored).hasSize(661);
    long bytes = stored.values().stream().mapToLong(page -> page.length).sum();
    assertThat(bytes).as("settled seconds keep suffix maxima").isLessThan(661 * 120 + 60 * 340);
    assertThat(guard.header().length).isLessThan(4_000);
  }

  @Test
  void aRuleOfTheSameWindowDoesNotTakeOverAnotherOnesState() throws UnreadableException {
    List<CrashRule> rules = List.of(rule(10_000, "0.02"), rule(10_000, "0.05"));
    CrashGuard guard = new CrashGuard(rules);
    guard.add(START, price(100));
    guard.add(START, price(97));
    CrashGuard restored = new CrashGuard(rules);
    restored.restore(guard.header(), guard.takeChangedPages());
    assertThat(restored.active()).containsExactly(rules.get(0));
  }

  @Test
  void aRuleThatReplacesAnotherOfItsWindowIsNotLooserAtFirst() throws UnreadableException {
    CrashGuard guard = new CrashGuard(List.of(rule(10_000, "0.02")));
    guard.add(START, price(100));
    guard.add(START, price(97));
    List<CrashRule> changed = List.of(rule(10_000, "0.03"), rule(60_000, "0.02"));
    CrashGuard restored = new CrashGuard(changed);
    restored.restore(guard.header(), guard.takeChangedPages());
    assertThat(restored.active()).containsExactly(changed.get(0));
    assertThat(restored.add(START + 20 * SECOND, price(97)))
        .as("prices of before count for a new rule")
        .hasSize(1);
  }

  @Test
  void withoutRulesNothingIsKept() {
    CrashGuard guard = new CrashGuard(List.of());
    assertThat(guard.add(START, price(100))).isEmpty();
    assertThat(guard.add(START, price(1))).isEmpty();
    assertThat(guard.isActive()).isFalse();
    assertThat(guard.takeChangedPages()).isEmpty();
  }

  @Test
  void tradesBeyondTheHorizonAreCounted() {
    CrashGuard guard = new CrashGuard(RULES);
    List<Long> counts = new ArrayList<>();
    for (long time : List.of(START, START, START + 60 * SECOND, START, START - 1)) {
      guard.add(time, price(100));
      counts.add(guard.tradesBeyondHorizon());
    }
    assertThat(counts).containsExactly(0L, 0L, 0L, 0L, 1L);
  }

  static void store(Map<Long, byte[]> changed, Map<Long, byte[]> stored) {
    changed.forEach(
        (page, bytes) -> {
          if (bytes == null) {
            stored.remove(page);
          } else {
            stored.put(page, bytes);
          }
        });
  }

  private static BigDecimal price(int price) {
    return BigDecimal.valueOf(price);
  }

  private static CrashRule rule(long windowMs, String drop) {
    return new CrashRule(windowMs, new BigDecimal(drop));
  }
}
