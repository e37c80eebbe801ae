package io.sluice.benchmarks;

import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.market.MarketAnalytics;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.FeatureSet;
import io.sluice.domain.market.feature.Peers;
import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What features cost an instrument, all sets on: a trade and a quote that close no bar, and a trade
 * a second, each of which closes a 1 s bar and now and then longer ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xmx1g", "-XX:+UseParallelGC"})
public class FeatureBenchmark {
  private static final int TAPE = 1 << 14;
  private static final long START_US = 1_750_000_000_000_000L;
  private static final String INSTRUMENT = "BINANCE:BTCUSDT";

  private final Trade[] trades = new Trade[TAPE];
  private final Quote[] quotes = new Quote[TAPE];
  private MarketAnalytics withinABar;
  private MarketAnalytics barAfterBar;
  private MarketAnalytics atAllIntervals;
  private Blackhole sink;
  private long timeUs = START_US;
  private int at;

  @Setup
  public void fill(Blackhole blackhole) {
    sink = blackhole;
    TradeTape tape = new TradeTape(7, START_US);
    for (int i = 0; i < TAPE; i++) {
      tape.advance();
      BigDecimal price = BigDecimal.valueOf(tape.cents(), 2);
      BigDecimal qty = BigDecimal.valueOf(tape.qtyLots(), 5);
      Aggressor aggressor = tape.buyerIsMaker() ? Aggressor.SELL : Aggressor.BUY;
      trades[i] = new Trade(INSTRUMENT, "4711", price, qty, aggressor, START_US, START_US);
      BigDecimal ask = BigDecimal.valueOf(tape.cents() + 1, 2);
      quotes[i] = new Quote(INSTRUMENT, price, qty, ask, qty, START_US, START_US);
    }
    withinABar = features(EnumSet.of(BarInterval.QUARTER_HOUR));
    barAfterBar = features(EnumSet.of(BarInterval.SECOND));
    atAllIntervals = features(EnumSet.allOf(BarInterval.class));
    for (int i = 0; i < 5_000; i++) {
      tick();
      quote();
      barAfterBar();
      barsAtAllIntervals();
    }
  }

  private static MarketAnalytics features(EnumSet<BarInterval> intervals) {
    return new MarketAnalytics(
        INSTRUMENT,
        MarketTerms.DEFAULT,
        new FeatureLayout(intervals, EnumSet.allOf(FeatureSet.class), List.of()),
        Peers.NONE);
  }

  private int next() {
    at = at + 1 & TAPE - 1;
    return at;
  }

  private void trade(MarketAnalytics analytics, long tradeUs) {
    analytics.advance(tradeUs, false, sink::consume, sink::consume);
    analytics.trade(tradeUs, trades[next()]);
  }

  /** The price of a trade that closes no bar. */
  @Benchmark
  public void tick() {
    trade(withinABar, START_US);
  }

  /** The same of a quote. */
  @Benchmark
  public void quote() {
    withinABar.advance(START_US, false, sink::consume, sink::consume);
    withinABar.quote(quotes[next()]);
  }

  /** A trade, and the close of a 1 s bar with all its features. */
  @Benchmark
  public void barAfterBar() {
    timeUs += 1_000_000;
    trade(barAfterBar, timeUs);
  }

  /** The same with bars of 1, 5 and 15 minutes beside those of 1 s. */
  @Benchmark
  public void barsAtAllIntervals() {
    timeUs += 1_000_000;
    trade(atAllIntervals, timeUs);
  }
}
