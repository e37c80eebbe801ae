package io.sluice.benchmarks;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.indicator.Adx;
import io.sluice.domain.market.feature.indicator.Atr;
import io.sluice.domain.market.feature.indicator.Bollinger;
import io.sluice.domain.market.feature.indicator.Cci;
import io.sluice.domain.market.feature.indicator.Indicator;
import io.sluice.domain.market.feature.indicator.Macd;
import io.sluice.domain.market.feature.indicator.OnBalanceVolume;
import io.sluice.domain.market.feature.indicator.OnBars;
import io.sluice.domain.market.feature.indicator.PriceRange;
import io.sluice.domain.market.feature.indicator.Rsi;
import io.sluice.domain.market.feature.indicator.SmoothedAverage;
import io.sluice.domain.market.feature.indicator.Stochastic;
import io.sluice.domain.market.feature.indicator.Transforms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/** Eleven indicators on a bar, beside those of ta4j 0.17 (on doubles) on the same bars. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xmx1g", "-XX:+UseParallelGC"})
public class IndicatorBenchmark {
  private static final int TAPE = 1 << 12;
  private static final int HELD = 300;

  private final Bar[] bars = new Bar[TAPE];
  private final double[] row = new double[32];
  private List<Indicator> ours;
  private BarSeries series;
  private List<org.ta4j.core.Indicator<Num>> theirs;
  private int at;
  private Instant end = Instant.ofEpochSecond(1_750_000_000);

  @Setup
  public void fill() {
    TradeTape tape = new TradeTape(7, 0);
    for (int i = 0; i < TAPE; i++) {
      tape.advance();
      double open = tape.cents() / 100.0;
      tape.advance();
      double close = tape.cents() / 100.0;
      bars[i] =
          Bar.of(
              BarInterval.SECOND,
              0,
              open,
              Math.max(open, close) + 0.1,
              Math.min(open, close) - 0.1,
              close,
              tape.qtyLots() / 1e5);
    }
    ours =
        List.of(
            new OnBars(Bar::close, Transforms.sma(20)),
            new OnBars(Bar::close, SmoothedAverage.exponential(20)),
            new Rsi(14),
            new Macd(12, 26, 9),
            new Stochastic(14, 1, 3),
            PriceRange.williamsR(14),
            new Cci(20),
            new Atr(14),
            new Adx(14),
            new Bollinger(20, 2),
            new OnBalanceVolume());
    series =
        new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).withMaxBarCount(HELD).build();
    theirs = Ta4jIndicators.on(series);
    for (int i = 0; i < 2 * HELD; i++) {
      sluice(null);
      ta4j(null);
    }
  }

  private Bar next() {
    at = at + 1 & TAPE - 1;
    return bars[at];
  }

  @Benchmark
  public void sluice(Blackhole blackhole) {
    Bar bar = next();
    for (Indicator indicator : ours) {
      indicator.add(bar);
      indicator.into(row, 0);
      if (blackhole != null) {
        blackhole.consume(row[0]);
      }
    }
  }

  @Benchmark
  public void ta4j(Blackhole blackhole) {
    Bar bar = next();
    end = end.plusSeconds(1);
    series.addBar(
        BaseBar.builder(DoubleNum::valueOf, Number.class)
            .timePeriod(Duration.ofSeconds(1))
            .endTime(end.atZone(ZoneOffset.UTC))
            .openPrice(bar.open())
            .highPrice(bar.high())
            .lowPrice(bar.low())
            .closePrice(bar.close())
            .volume(bar.volume())
            .build());
    int newest = series.getEndIndex();
    for (org.ta4j.core.Indicator<Num> indicator : theirs) {
      Num value = indicator.getValue(newest);
      if (blackhole != null) {
        blackhole.consume(value);
      }
    }
  }
}
