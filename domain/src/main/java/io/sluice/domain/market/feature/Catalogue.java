package io.sluice.domain.market.feature;

import static io.sluice.domain.market.feature.FeatureSet.AVERAGES;
import static io.sluice.domain.market.feature.FeatureSet.BANDS;
import static io.sluice.domain.market.feature.FeatureSet.BASKET;
import static io.sluice.domain.market.feature.FeatureSet.CANDLES;
import static io.sluice.domain.market.feature.FeatureSet.EXTREMES;
import static io.sluice.domain.market.feature.FeatureSet.OSCILLATORS;
import static io.sluice.domain.market.feature.FeatureSet.QUOTES;
import static io.sluice.domain.market.feature.FeatureSet.RETURNS;
import static io.sluice.domain.market.feature.FeatureSet.STATISTICS;
import static io.sluice.domain.market.feature.FeatureSet.TRADES;
import static io.sluice.domain.market.feature.FeatureSet.TREND;
import static io.sluice.domain.market.feature.FeatureSet.VENUES;
import static io.sluice.domain.market.feature.FeatureSet.VOLUME;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.indicator.AccumulationDistribution;
import io.sluice.domain.market.feature.indicator.Adx;
import io.sluice.domain.market.feature.indicator.Atr;
import io.sluice.domain.market.feature.indicator.Autocorrelation;
import io.sluice.domain.market.feature.indicator.Bollinger;
import io.sluice.domain.market.feature.indicator.Candles;
import io.sluice.domain.market.feature.indicator.Cci;
import io.sluice.domain.market.feature.indicator.Hurst;
import io.sluice.domain.market.feature.indicator.Imbalance;
import io.sluice.domain.market.feature.indicator.Indicator;
import io.sluice.domain.market.feature.indicator.JumpRatio;
import io.sluice.domain.market.feature.indicator.Macd;
import io.sluice.domain.market.feature.indicator.OnBalanceVolume;
import io.sluice.domain.market.feature.indicator.OnBars;
import io.sluice.domain.market.feature.indicator.PriceRange;
import io.sluice.domain.market.feature.indicator.Rsi;
import io.sluice.domain.market.feature.indicator.SmoothedAverage;
import io.sluice.domain.market.feature.indicator.Stochastic;
import io.sluice.domain.market.feature.indicator.Transform;
import io.sluice.domain.market.feature.indicator.Transforms;
import io.sluice.domain.market.feature.indicator.VolumeSpike;
import io.sluice.domain.market.feature.indicator.Vwap;
import io.sluice.domain.market.feature.tick.LiquidityScore;
import io.sluice.domain.market.feature.tick.TickIndicator;
import io.sluice.domain.market.feature.tick.TopOfBook;
import io.sluice.domain.market.feature.tick.TradeFlow;
import io.sluice.domain.market.feature.tick.Vpin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All features there are. A name, once given, means the same for ever. */
public final class Catalogue {
  private static final String PRICE = "price";
  private static final String PERCENT = "percent";
  private static final String FRACTION = "fraction";
  private static final String RATIO = "ratio";
  private static final String QTY = "base quantity";
  private static final String PATTERN = "1, 0 or -1";

  /** Those of bars, at each interval. */
  public static final List<Family<Indicator>> OF_BARS =
      List.of(
          closes(
              RETURNS,
              () -> Transforms.growth(1),
              new Feature("return_1", FRACTION, 2, "close over the close before, less 1")),
          closes(
              RETURNS,
              () -> Transforms.logGrowth(1),
              new Feature("log_return_1", "log", 2, "logarithm of close over the close before")),
          closes(
              RETURNS,
              () -> Transforms.logGrowth(10),
              new Feature("log_return_10", "log", 11, "the same over 10 bars")),
          closes(
              RETURNS,
              () -> Transforms.change(10),
              new Feature("momentum_10", PRICE, 11, "close less the close 10 bars before")),
          Family.of(
              RETURNS,
              () -> new OnBars(Bar::close, Transforms.percentGrowth(10)),
              new Feature(
                  "rate_of_change_10", PERCENT, 11, "that change over the close 10 bars before")),
          closes(
              AVERAGES,
              () -> Transforms.sma(20),
              new Feature("sma_20", PRICE, 20, "mean of the last 20 closes")),
          closes(
              AVERAGES,
              () -> Transforms.sma(50),
              new Feature("sma_50", PRICE, 50, "mean of the last 50 closes")),
          closes(
              AVERAGES,
              () -> SmoothedAverage.exponential(20),
              new Feature(
                  "ema_20",
                  PRICE,
                  20,
                  "exponential average of closes, 2/21 of the way a bar, begun with their mean")),
          closes(
              AVERAGES,
              () -> SmoothedAverage.exponential(50),
              new Feature("ema_50", PRICE, 50, "the same with 2/51 of the way")),
          Family.of(
              OSCILLATORS,
              () -> new Rsi(14),
              new Feature(
                  "rsi_14",
                  "0 to 100",
                  15,
                  "Wilder's relative strength index; 50 where the price has not moved at all")),
          Family.of(
              OSCILLATORS,
              () -> new Macd(12, 26, 9),
              new Feature(
                  "macd_12_26", PRICE, 26, "exponential average of 12 closes less that of 26"),
              new Feature(
                  "macd_signal_12_26_9", PRICE, 34, "exponential average of 9 values of that"),
              new Feature("macd_histogram_12_26_9", PRICE, 34, "the one less the other")),
          Family.of(
              OSCILLATORS,
              () -> new Stochastic(14, 3, 3),
              new Feature(
                  "stochastic_k_14_3",
                  "0 to 100",
                  16,
                  "close between lowest low and highest high of 14 bars, mean of 3; 50 without"
                      + " range"),
              new Feature("stochastic_d_14_3_3", "0 to 100", 18, "mean of 3 values of that")),
          Family.of(
              OSCILLATORS,
              () -> PriceRange.williamsR(14),
              new Feature(
                  "williams_r_14",
                  "-100 to 0",
                  14,
                  "close below the highest high of 14 bars, in percent of their range; -50 without"
                      + " range")),
          Family.of(
              OSCILLATORS,
              () -> new Cci(20),
              new Feature(
                  "cci_20",
                  RATIO,
                  20,
                  "typical price less its mean over 20 bars, over 0.015 mean deviations")),
          Family.of(
              TREND,
              () -> new Atr(14),
              new Feature("atr_14", PRICE, 15, "Wilder's average of the true range"),
              new Feature("atr_percent_14", PERCENT, 15, "that in percent of the close")),
          Family.of(
              TREND,
              () -> new Adx(14),
              new Feature(
                  "plus_di_14",
                  "0 to 100",
                  15,
                  "Wilder's average rise over that of the true range"),
              new Feature("minus_di_14", "0 to 100", 15, "the same of the fall"),
              new Feature(
                  "adx_14",
                  "0 to 100",
                  28,
                  "Wilder's average of |plus - minus| / (plus + minus), whatever the direction")),
          Family.of(
              BANDS,
              () -> new Bollinger(20, 2),
              new Feature(
                  "bollinger_upper_20_2", PRICE, 20, "mean of 20 closes and 2 deviations (by n)"),
              new Feature("bollinger_lower_20_2", PRICE, 20, "mean less 2 deviations"),
              new Feature(
                  "bollinger_position_20_2",
                  FRACTION,
                  20,
                  "close between lower (0) and upper (1); 0.5 where they are one"),
              new Feature("bollinger_width_20_2", FRACTION, 20, "their distance over the mean")),
          Family.of(
              VOLUME,
              OnBalanceVolume::new,
              new Feature(
                  "obv", QTY, 2, "volume of bars that closed higher less of those lower, so far")),
          Family.of(
              VOLUME,
              AccumulationDistribution::new,
              new Feature(
                  "accumulation_distribution",
                  QTY,
                  1,
                  "sum of volume by where the close is in the range, -1 to 1, so far")),
          Family.of(
              VOLUME,
              () -> new Vwap(20),
              new Feature("vwap_20", PRICE, 20, "average price by volume over 20 bars"),
              new Feature("vwap_day", PRICE, 1, "the same over the UTC day so far")),
          Family.of(
              VOLUME,
              () -> new VolumeSpike(20),
              new Feature(
                  "volume_ratio_20", RATIO, 21, "volume over the mean of the 20 bars before"),
              new Feature(
                  "volume_zscore_20",
                  "deviations",
                  21,
                  "volume less that mean, over the standard deviation (by n) of those bars")),
          Family.of(
              VOLUME,
              () -> new Imbalance(20),
              new Feature(
                  "trade_imbalance_20",
                  "-1 to 1",
                  20,
                  "bought less sold volume over both, by the aggressor, over 20 bars")),
          Family.of(
              STATISTICS,
              () -> new Autocorrelation(60),
              new Feature(
                  "autocorrelation_60",
                  "-1 to 1",
                  62,
                  "correlation of log returns with those one bar before, over 60 pairs")),
          Family.of(
              STATISTICS,
              () -> new Hurst(128),
              new Feature(
                  "hurst_128",
                  "exponent",
                  128,
                  "slope of log deviation of changes over 2 to 20 bars against log of the lag")),
          Family.of(
              STATISTICS,
              () -> new JumpRatio(60),
              new Feature(
                  "jump_ratio_60",
                  "deviations",
                  61,
                  "realised above bipower variation of 60 log returns, as a test: above 3.09 a jump")),
          Family.of(
              CANDLES,
              Candles::new,
              new Feature("doji", PATTERN, 1, "body at most a tenth of the range"),
              new Feature(
                  "hammer",
                  PATTERN,
                  1,
                  "small body above a lower shadow of at least two bodies, hardly any above it"),
              new Feature(
                  "engulfing",
                  PATTERN,
                  2,
                  "body covers that of the bar before, which went the other way; -1 where it falls"),
              new Feature(
                  "morning_star", PATTERN, 3, "fall, small body below, rise above its middle"),
              new Feature(
                  "evening_star", PATTERN, 3, "rise, small body above, fall below its middle")),
          Family.of(
              EXTREMES,
              () -> PriceRange.drawdown(60),
              new Feature("drawdown_60", FRACTION, 60, "close below the highest high of 60 bars"),
              new Feature("bars_since_high_60", "bars", 60, "how long ago that high was"),
              new Feature(
                  "bars_since_low_60", "bars", 60, "how long ago the lowest low of 60 bars was")));

  /** Those of single quotes and trades. */
  public static final List<Family<TickIndicator>> OF_TICKS =
      List.of(
          Family.of(
              QUOTES,
              TopOfBook::new,
              new Feature("spread", PRICE, 1, "best ask less best bid"),
              new Feature("spread_bp", "basis points", 1, "that over the mid"),
              new Feature("mid", PRICE, 1, "half way between best bid and ask"),
              new Feature(
                  "micro_price",
                  PRICE,
                  1,
                  "best prices weighted by the quantity on the other side"),
              new Feature(
                  "quote_imbalance", "-1 to 1", 1, "best quantity bid less asked, over both")),
          Family.of(
              QUOTES,
              () -> new LiquidityScore(100),
              new Feature(
                  "liquidity",
                  "0 to 1",
                  100,
                  "1 / (1 + spread / 10 bp) times d / (d + m): the smaller best quantity, the mean"
                      + " of 100 trades")),
          Family.of(
              TRADES,
              () -> new TradeFlow(100),
              new Feature("tick_return", "log", 2, "logarithm of price over the price before"),
              new Feature("tick_return_100", "log", 101, "the same over 100 trades"),
              new Feature(
                  "tick_imbalance_100",
                  "-1 to 1",
                  100,
                  "bought less sold quantity over both, by the aggressor, over 100 trades"),
              new Feature("tick_vwap_100", PRICE, 100, "average price by volume of 100 trades"),
              new Feature("tick_size_100", QTY, 100, "mean quantity of 100 trades")),
          Family.of(
              TRADES,
              () -> new Vpin(50, 50),
              new Feature(
                  "vpin_50",
                  "0 to 1",
                  3_499,
                  "|sold - bought| over all volume in 50 buckets of 50 mean trades; the warm-up is"
                      + " that of equal trades")));

  /** What the asset's prices on all venues say, at no interval. */
  static final Family<VenuePrices> OF_VENUES =
      Family.of(
          VENUES,
          () -> new VenuePrices(List.of()),
          new Feature(
              "venue_spread",
              FRACTION,
              1,
              "highest over lowest last price of the asset on venues heard of within 10 s, less 1"),
          new Feature(
              "venue_premium", FRACTION, 1, "last price over the mean of those elsewhere, less 1"));

  /** How the instrument moves with the basket, at each interval. */
  static final Family<BasketCorrelation> OF_BASKET =
      Family.of(
          BASKET,
          () -> new BasketCorrelation(60),
          new Feature(
              "basket_correlation_60",
              "-1 to 1",
              61,
              "correlation of log returns with the mean log return of the basket, over 60 bars"));

  /** Every family there is. */
  public static List<Family<?>> all() {
    List<Family<?>> all = new ArrayList<>(OF_BARS);
    all.add(OF_BASKET);
    all.addAll(OF_TICKS);
    all.add(OF_VENUES);
    return all;
  }

  private Catalogue() {}

  private static Family<Indicator> closes(
      FeatureSet set, Supplier<Transform> transform, Feature feature) {
    return Family.of(set, () -> new OnBars(Bar::close, transform.get()), feature);
  }
}
