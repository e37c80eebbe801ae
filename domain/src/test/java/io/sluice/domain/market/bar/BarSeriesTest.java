package io.sluice.domain.market.bar;

import static io.sluice.domain.market.bar.BarInterval.FIVE_MINUTES;
import static io.sluice.domain.market.bar.BarInterval.MINUTE;
import static io.sluice.domain.market.bar.BarInterval.QUARTER_HOUR;
import static io.sluice.domain.market.bar.BarInterval.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BarSeriesTest {
  private static final long START = 1_700_000_100_000_000L;
  private static final long S = 1_000_000L;

  private final List<TradedBar> closed = new ArrayList<>();

  private static BarSeries all() {
    return new BarSeries(EnumSet.allOf(BarInterval.class));
  }

  private void trade(BarSeries series, long timeUs, String price, String qty, Aggressor side) {
    series.add(timeUs, new BigDecimal(price), new BigDecimal(qty), side, closed::add);
  }

  private List<TradedBar> of(BarInterval interval) {
    return closed.stream().filter(bar -> bar.interval() == interval).toList();
  }

  @Test
  void aBarHoldsTheTradesOfItsInterval() {
    BarSeries series = new BarSeries(List.of(SECOND));
    trade(series, START, "100", "1", Aggressor.BUY);
    trade(series, START, "103.5", "0.5", Aggressor.SELL);
    trade(series, START + 999_999, "99", "0.25", Aggressor.UNKNOWN);
    assertThat(closed).isEmpty();
    trade(series, START + S, "98", "7", Aggressor.BUY);
    assertThat(closed)
        .containsExactly(
            new TradedBar(
                SECOND,
                START,
                new BigDecimal("100"),
                new BigDecimal("103.5"),
                new BigDecimal("99"),
                new BigDecimal("99"),
                new BigDecimal("1.75"),
                new BigDecimal("176.50"),
                new BigDecimal("1"),
                new BigDecimal("0.5"),
                3,
                0));
    assertThat(closed.get(0).vwap()).isEqualByComparingTo("100.857142857142857143");
    assertThat(closed.get(0).inDoubles().vwap()).isEqualTo(176.5 / 1.75);
    assertThat(closed.get(0).inDoubles().endUs()).isEqualTo(START + S);
  }

  @Test
  void aBarWithoutTradesIsFlatAtTheCloseBefore() {
    BarSeries series = new BarSeries(List.of(SECOND));
    trade(series, START, "100", "1", Aggressor.BUY);
    trade(series, START + 10, "101", "1", Aggressor.BUY);
    series.advance(START + 3 * S, closed::add);
    assertThat(closed).hasSize(3);
    Bar empty = closed.get(2).inDoubles();
    assertThat(empty)
        .isEqualTo(new Bar(SECOND, START + 2 * S, 101, 101, 101, 101, 0, 0, 0, 0, 0, 0));
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.vwap()).isEqualTo(101);
    assertThat(closed.get(2).vwap()).isNull();
  }

  @Test
  void afterManyBarsWithoutTradesASeriesBreaksOff() {
    BarSeries series = new BarSeries(List.of(SECOND));
    trade(series, START, "100", "1", Aggressor.BUY);
    series.advance(START + 10_000 * S, closed::add);
    assertThat(closed).hasSize(1 + BarBuilder.MOST_EMPTY);
    trade(series, START + 10_000 * S, "50", "1", Aggressor.BUY);
    series.advance(START + 10_001 * S, closed::add);
    TradedBar next = closed.get(closed.size() - 1);
    assertThat(next.startUs()).isEqualTo(START + 10_000 * S);
    assertThat(next.open()).isEqualByComparingTo("50");
    assertThat(next.skipped()).isEqualTo(10_000 - 1 - BarBuilder.MOST_EMPTY);
    series.advance(START + 10_002 * S, closed::add);
    assertThat(closed.get(closed.size() - 1).skipped()).isZero();
  }

  @Test
  void aTradeAtTheVeryEndOfTheLastFlatBarIsAGapOfNone() {
    BarSeries series = new BarSeries(List.of(SECOND));
    trade(series, START, "100", "1", Aggressor.BUY);
    long back = START + (1 + BarBuilder.MOST_EMPTY) * S;
    trade(series, back, "100", "1", Aggressor.BUY);
    series.advance(back + S, closed::add);
    assertThat(closed.get(closed.size() - 1).skipped()).isZero();
    assertThat(closed).hasSize(2 + BarBuilder.MOST_EMPTY);
  }

  @Test
  void timeThatGoesBackCountsAsTheNewest() {
    BarSeries series = new BarSeries(List.of(SECOND, MINUTE));
    trade(series, START + 5 * S, "100", "1", Aggressor.BUY);
    trade(series, START - 3_600 * S, "90", "1", Aggressor.BUY);
    series.advance(START, closed::add);
    assertThat(closed).isEmpty();
    series.advance(START + 6 * S, closed::add);
    assertThat(closed).hasSize(1);
    assertThat(closed.get(0).trades()).isEqualTo(2);
    assertThat(closed.get(0).low()).isEqualByComparingTo("90");
  }

  @Test
  void barsComeInTheOrderOfTheirEndsAndTheShorterFirst() {
    BarSeries series = all();
    trade(series, START, "1", "1", Aggressor.BUY);
    trade(series, START + 899 * S, "2", "1", Aggressor.BUY);
    series.advance(START + 2_000 * S, closed::add);
    for (int i = 1; i < closed.size(); i++) {
      Bar before = closed.get(i - 1).inDoubles();
      Bar bar = closed.get(i).inDoubles();
      assertThat(before.endUs()).isLessThanOrEqualTo(bar.endUs());
      if (before.endUs() == bar.endUs()) {
        assertThat(before.interval()).isLessThan(bar.interval());
      }
    }
    assertThat(of(QUARTER_HOUR).get(0).trades()).isEqualTo(2);
    assertThat(of(QUARTER_HOUR).get(0).close()).isEqualByComparingTo("2");
  }

  /** Trades at random times, with equal stamps, times that go back, and gaps short and long. */
  private static final class Tape {
    private final Random random;
    private long timeUs = START;
    private long newestUs;

    Tape(long seed) {
      random = new Random(seed);
    }

    void next(BarSeries series, List<TradedBar> into, List<Object[]> seen) {
      timeUs +=
          switch (random.nextInt(12)) {
            case 0, 1, 2 -> 0;
            case 3 -> random.nextInt(400) * S;
            case 4 -> random.nextInt(20) == 0 ? random.nextInt(2_000_000) * S : S;
            default -> random.nextInt(2_000_000);
          };
      long stamp = random.nextInt(10) == 0 ? timeUs - random.nextInt(5_000_000) : timeUs;
      newestUs = Math.max(newestUs, stamp);
      if (random.nextInt(6) == 0) {
        series.advance(stamp, into::add);
        return;
      }
      BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(10_000), random.nextInt(4));
      BigDecimal qty = BigDecimal.valueOf(random.nextInt(10_000), random.nextInt(9));
      Aggressor side = Aggressor.values()[random.nextInt(3)];
      series.add(stamp, price, qty, side, into::add);
      seen.add(new Object[] {newestUs, price, qty, side});
    }
  }

  @Property(tries = 60)
  void everyBarIsWhatItsTradesMakeIt(@ForAll long seed) {
    closed.clear();
    BarSeries series = all();
    Tape tape = new Tape(seed);
    List<Object[]> seen = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      tape.next(series, closed, seen);
    }
    for (BarInterval interval : BarInterval.values()) {
      TreeMap<Long, List<Object[]>> byStart = new TreeMap<>();
      for (Object[] trade : seen) {
        byStart
            .computeIfAbsent(interval.startOf((Long) trade[0]), start -> new ArrayList<>())
            .add(trade);
      }
      TradedBar before = null;
      for (TradedBar bar : of(interval)) {
        List<Object[]> trades = byStart.getOrDefault(bar.startUs(), List.of());
        assertThat(bar.trades()).isEqualTo(trades.size());
        assertThat(bar.volume()).isEqualByComparingTo(sum(trades, null));
        assertThat(bar.buyVolume()).isEqualByComparingTo(sum(trades, Aggressor.BUY));
        assertThat(bar.sellVolume()).isEqualByComparingTo(sum(trades, Aggressor.SELL));
        if (!trades.isEmpty()) {
          List<BigDecimal> prices = trades.stream().map(trade -> (BigDecimal) trade[1]).toList();
          assertThat(bar.open()).isEqualTo(prices.get(0));
          assertThat(bar.close()).isEqualTo(prices.get(prices.size() - 1));
          assertThat(bar.high())
              .isEqualByComparingTo(prices.stream().max(BigDecimal::compareTo).get());
          assertThat(bar.low())
              .isEqualByComparingTo(prices.stream().min(BigDecimal::compareTo).get());
        } else {
          assertThat(List.of(bar.open(), bar.high(), bar.low())).containsOnly(before.close());
        }
        if (before != null) {
          assertThat(bar.startUs() - before.startUs())
              .isEqualTo((1 + bar.skipped()) * interval.us());
        }
        before = bar;
      }
      long all = of(interval).stream().mapToLong(TradedBar::trades).sum();
      long ended =
          before == null
              ? 0
              : byStart.headMap(before.startUs(), true).values().stream()
                  .mapToLong(List::size)
                  .sum();
      assertThat(all).isEqualTo(ended);
    }
  }

  private static BigDecimal sum(List<Object[]> trades, Aggressor side) {
    return trades.stream()
        .filter(trade -> side == null || trade[3] == side)
        .map(trade -> (BigDecimal) trade[2])
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Property(tries = 30)
  void aSeriesThatIsRestoredAtEveryRowGoesOnAsOneThatNeverWas(@ForAll long seed) throws Exception {
    closed.clear();
    BarSeries straight = all();
    BarSeries restored = all();
    List<TradedBar> again = new ArrayList<>();
    Tape first = new Tape(seed);
    Tape second = new Tape(seed);
    for (int i = 0; i < 200; i++) {
      first.next(straight, closed, new ArrayList<>());
      second.next(restored, again, new ArrayList<>());
      JsonWriter json = new JsonWriter();
      restored.write(json);
      assertThat(json.toString()).isEqualTo(text(straight));
      restored = all();
      restored.read(new Fields(StrictJson.trusted(json.toBytes())));
      assertThat(text(restored)).isEqualTo(json.toString());
    }
    assertThat(again.stream().map(TradedBar::inDoubles).toList())
        .isEqualTo(closed.stream().map(TradedBar::inDoubles).toList());
  }

  private static String text(BarSeries series) {
    JsonWriter json = new JsonWriter();
    series.write(json);
    return json.toString();
  }

  @Test
  void anIntervalThatIsNewBeginsWithTheNextTrades() throws Exception {
    BarSeries before = new BarSeries(List.of(MINUTE));
    trade(before, START, "5", "1", Aggressor.BUY);
    BarSeries after = new BarSeries(List.of(MINUTE, FIVE_MINUTES));
    after.read(new Fields(StrictJson.trusted(text(before).getBytes())));
    after.advance(START + 600 * S, closed::add);
    assertThat(of(MINUTE).get(0).close()).isEqualByComparingTo("5");
    assertThat(of(FIVE_MINUTES).get(0).trades()).isEqualTo(1);
  }
}
