package io.sluice.domain.market.feature;

import static io.sluice.domain.market.feature.PublishedTable.assertNear;
import static io.sluice.domain.market.feature.PublishedTable.assertSame;
import static io.sluice.domain.market.feature.PublishedTable.bars;
import static io.sluice.domain.market.feature.PublishedTable.column;
import static io.sluice.domain.market.feature.PublishedTable.run;
import static io.sluice.domain.market.feature.PublishedTable.skender;
import static io.sluice.domain.market.feature.PublishedTable.skenderBars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.indicator.Adx;
import io.sluice.domain.market.feature.indicator.Atr;
import io.sluice.domain.market.feature.indicator.Bollinger;
import io.sluice.domain.market.feature.indicator.Cci;
import io.sluice.domain.market.feature.indicator.Hurst;
import io.sluice.domain.market.feature.indicator.Macd;
import io.sluice.domain.market.feature.indicator.OnBalanceVolume;
import io.sluice.domain.market.feature.indicator.OnBars;
import io.sluice.domain.market.feature.indicator.PriceRange;
import io.sluice.domain.market.feature.indicator.Rsi;
import io.sluice.domain.market.feature.indicator.SmoothedAverage;
import io.sluice.domain.market.feature.indicator.Stochastic;
import io.sluice.domain.market.feature.indicator.Transform;
import io.sluice.domain.market.feature.indicator.Transforms;
import io.sluice.domain.market.feature.indicator.Vwap;
import io.sluice.domain.market.feature.window.RollingCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of Stock.Indicators and Lean (Apache-2.0). */
class PublishedIndicatorsTest {
  private static double[] ofCloses(Transform transform) {
    return run(new OnBars(Bar::close, transform), 1, 0, skenderBars());
  }

  @Test
  void averages() {
    assertSame(ofCloses(Transforms.sma(20)), skender("sma", "sma"));
    assertSame(ofCloses(SmoothedAverage.exponential(20)), skender("ema", "ema"));
    assertSame(ofCloses(SmoothedAverage.wilder(20)), skender("smma", "smma"));
  }

  @Test
  void rateOfChange() {
    assertSame(ofCloses(Transforms.change(14)), skender("roc", "momentum"));
    assertSame(ofCloses(Transforms.percentGrowth(14)), skender("roc", "roc"));
  }

  @Test
  void deviationAndScore() {
    assertSame(ofCloses(Transforms.deviation(14)), skender("stdev", "stdDev"));
    assertSame(ofCloses(Transforms.zScore(14)), skender("stdev", "zScore"));
  }

  @Test
  void extremes() {
    List<Bar> bars = skenderBars();
    double[] high =
        run(new OnBars(Bar::high, compose(Transforms.highest(20), Transforms.lag(1))), 1, 0, bars);
    double[] low =
        run(new OnBars(Bar::low, compose(Transforms.lowest(20), Transforms.lag(1))), 1, 0, bars);
    assertSame(high, skender("donchian", "upperBand"));
    assertSame(low, skender("donchian", "lowerBand"));
  }

  private static Transform compose(Transform first, Transform second) {
    return new Transform() {
      @Override
      public double next(double value) {
        double made = first.next(value);
        return Double.isNaN(made) ? made : second.next(made);
      }

      @Override
      public int warmUp() {
        return first.warmUp() + second.warmUp() - 1;
      }

      @Override
      public void state(io.sluice.domain.market.state.StateTape tape) {
        first.state(tape);
        second.state(tape);
      }
    };
  }

  @Test
  void relativeStrength() {
    assertSame(run(new Rsi(14), 1, 0, skenderBars()), skender("rsi", "rsi"));
  }

  @Test
  void macd() {
    String[] fields = {"macd", "signal", "histogram"};
    for (int i = 0; i < fields.length; i++) {
      assertSame(run(new Macd(12, 26, 9), 3, i, skenderBars()), skender("macd", fields[i]));
    }
  }

  @Test
  void stochastic() {
    assertSame(run(new Stochastic(14, 3, 3), 2, 0, skenderBars()), skender("stoch", "oscillator"));
    assertSame(run(new Stochastic(14, 3, 3), 2, 1, skenderBars()), skender("stoch", "signal"));
  }

  /** The mean of three of it is the smoothed oscillator of the table, less 100. */
  @Test
  void percentRange() {
    double[] percent = run(PriceRange.williamsR(14), 1, 0, skenderBars());
    Transform smoothed = Transforms.sma(3);
    double[] oscillator = new double[percent.length];
    for (int i = 0; i < percent.length; i++) {
      oscillator[i] = Double.isNaN(percent[i]) ? Double.NaN : 100 + smoothed.next(percent[i]);
    }
    assertSame(oscillator, skender("stoch", "oscillator"));
  }

  /** Of bars without range, whose mean and mean deviation are in the table. */
  @Test
  void commodityChannel() {
    List<Bar> flat = skenderBars().stream().map(bar -> flat(bar.close(), bar.volume())).toList();
    double[] mean = skender("sma-analysis", "sma");
    double[] meanDeviation = skender("sma-analysis", "mad");
    double[] expected = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      expected[i] = (flat.get(i).close() - mean[i]) / (0.015 * meanDeviation[i]);
    }
    assertSame(run(new Cci(20), 1, 0, flat), expected);
  }

  private static Bar flat(double price, double volume) {
    return Bar.of(BarInterval.SECOND, 0, price, price, price, price, volume);
  }

  /** The worked example of StockCharts' ChartSchool, as ta4j's tests compute it. */
  @Test
  void commodityChannelOfTheChartSchool() {
    double[] typical = {
      23.98, 23.92, 23.79, 23.67, 23.54, 23.36, 23.65, 23.72, 24.16, 23.91, 23.81, 23.92, 23.74,
      24.68, 24.94, 24.93, 25.10, 25.12, 25.20, 25.06, 24.50, 24.31, 24.57, 24.62, 24.49, 24.37,
      24.41, 24.35, 23.75, 24.09
    };
    double[] expected = {
      101.9185, 31.1946, 6.5578, 33.6078, 34.9686, 13.6027, -10.6789, -11.4710, -29.2567, -128.6000,
      -72.7273
    };
    double[] told =
        run(new Cci(20), 1, 0, Arrays.stream(typical).mapToObj(price -> flat(price, 1)).toList());
    assertThat(Arrays.copyOfRange(told, 19, 30)).containsExactly(expected, within(5e-5));
  }

  /** The worked example of Investopedia. */
  @Test
  void onBalanceVolume() {
    double[] closes = {10, 10.15, 10.17, 10.13, 10.11, 10.15, 10.20, 10.20, 10.22, 10.21};
    double[] volumes = {
      25_200, 30_000, 25_600, 32_000, 23_000, 40_000, 36_000, 20_500, 23_000, 27_500
    };
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < closes.length; i++) {
      bars.add(flat(closes[i], volumes[i]));
    }
    assertThat(run(new OnBalanceVolume(), 1, 0, bars))
        .containsExactly(
            Double.NaN, 30_000, 55_600, 23_600, 600, 40_600, 76_600, 76_600, 99_600, 72_100);
  }

  @Test
  void trueRange() {
    assertSame(run(new Atr(14), 2, 0, skenderBars()), skender("atr", "atr"));
    assertSame(run(new Atr(14), 2, 1, skenderBars()), skender("atr", "atrp"));
    assertSame(run(new Atr(1), 2, 0, skenderBars()), skender("tr", "tr"));
    List<Bar> spy = bars("lean/spy_natr.txt.gz", true);
    // Lean's average begins otherwise, which Wilder's smoothing forgets by 4/5 a bar.
    assertNear(run(new Atr(5), 2, 1, spy), column("lean/spy_natr.txt.gz", 6), 150, 1e-9);
  }

  @Test
  void directionalMovement() {
    String[] fields = {"pdi", "mdi", "adx"};
    for (int i = 0; i < fields.length; i++) {
      assertSame(run(new Adx(14), 3, i, skenderBars()), skender("adx", fields[i]));
    }
    String lean = "lean/spy_with_adx.txt.gz";
    List<Bar> spy = bars(lean, false);
    assertNear(run(new Adx(14), 3, 0, spy), column(lean, 11), 14, 0.02);
    assertNear(run(new Adx(14), 3, 1, spy), column(lean, 12), 14, 0.02);
    assertNear(run(new Adx(14), 3, 2, spy), column(lean, 16), 100, 0.02);
  }

  @Test
  void bollinger() {
    String[] fields = {"upperBand", "lowerBand", "percentB", "width"};
    for (int i = 0; i < fields.length; i++) {
      assertSame(run(new Bollinger(20, 2), 4, i, skenderBars()), skender("bb", fields[i]));
    }
    String lean = "lean/spy_bollinger_bands.txt.gz";
    List<Bar> spy = bars(lean, false);
    assertNear(run(new Bollinger(20, 2), 4, 0, spy), column(lean, 6), 0, 1e-4);
    assertNear(run(new Bollinger(20, 2), 4, 1, spy), column(lean, 7), 0, 1e-4);
    assertNear(run(new Bollinger(20, 2), 4, 2, spy), column(lean, 9), 0, 1e-4);
  }

  @Test
  void averagePriceByVolume() {
    List<Bar> typical =
        skenderBars().stream()
            .map(
                bar ->
                    new Bar(
                        bar.interval(),
                        bar.startUs(),
                        bar.open(),
                        bar.high(),
                        bar.low(),
                        bar.close(),
                        bar.volume(),
                        bar.typical() * bar.volume(),
                        0,
                        0,
                        1,
                        0))
            .toList();
    assertSame(run(new Vwap(20), 2, 1, typical), skender("vwap", "vwap"));
  }

  @Test
  void correlation() {
    List<Bar> market = bars("skender/quotes/compare.csv.gz", true);
    List<Bar> stock = skenderBars();
    RollingCorrelation pairs = new RollingCorrelation(20);
    double[] actual = new double[stock.size()];
    for (int i = 0; i < actual.length; i++) {
      pairs.add(stock.get(i).close(), market.get(i).close());
      actual[i] = pairs.isFull() ? pairs.correlation() : Double.NaN;
    }
    assertSame(actual, skender("corr", "correlation"));
  }

  /** Lean's: of 252 closes of SPY and QQQ, and the variance (by n) of ten. */
  @Test
  void correlationAndVarianceOfLean() {
    String pairs = "lean/spy_qqq_corr.csv.gz";
    double[] closes = column(pairs, 5);
    double[] published = column(pairs, 7);
    RollingCorrelation correlation = new RollingCorrelation(252);
    double[] actual = new double[closes.length / 2];
    double[] expected = new double[actual.length];
    for (int i = 0; i < actual.length; i++) {
      correlation.add(closes[2 * i], closes[2 * i + 1]);
      actual[i] = correlation.isFull() ? correlation.correlation() : Double.NaN;
      expected[i] = published[2 * i + 1];
    }
    assertNear(actual, expected, 251, 1e-10);

    String variances = "lean/spy_var.txt.gz";
    double[] deviations =
        run(new OnBars(Bar::close, Transforms.deviation(10)), 1, 0, bars(variances, true));
    assertNear(
        Arrays.stream(deviations).map(deviation -> deviation * deviation).toArray(),
        column(variances, 6),
        9,
        1e-9);
  }

  @Test
  void hurst() {
    String lean = "lean/spy_hurst_exponent.csv.gz";
    List<Bar> bars = new ArrayList<>();
    for (double close : column(lean, 1)) {
      bars.add(Bar.of(BarInterval.SECOND, bars.size(), close, close, close, close, 1));
    }
    assertSame(run(new Hurst(252), 1, 0, bars), column(lean, 2));
  }

  @Test
  void leanIndex() {
    String lean = "lean/spy_with_indicators.txt.gz";
    List<Bar> bars = new ArrayList<>();
    for (double close : column(lean, 7)) {
      bars.add(Bar.of(BarInterval.SECOND, bars.size(), close, close, close, close, 1));
    }
    double[] sma = run(new OnBars(Bar::close, Transforms.sma(14)), 1, 0, bars);
    assertNear(sma, column(lean, 1), 0, 0.01);
    double[] ema = run(new OnBars(Bar::close, SmoothedAverage.exponential(14)), 1, 0, bars);
    assertNear(ema, column(lean, 2), 100, 0.02);
    assertNear(run(new Rsi(14), 1, 0, bars), column(lean, 5), 100, 0.02);
    assertNear(run(new Macd(12, 26, 9), 3, 0, bars), column(lean, 3), 200, 0.02);
  }
}
