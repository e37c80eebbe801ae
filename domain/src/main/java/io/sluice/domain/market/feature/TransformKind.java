package io.sluice.domain.market.feature;

import io.sluice.domain.market.feature.indicator.SmoothedAverage;
import io.sluice.domain.market.feature.indicator.Transform;
import io.sluice.domain.market.feature.indicator.Transforms;
import java.util.Locale;
import java.util.function.IntFunction;

/** What a composed feature does with its input over a window. */
public enum TransformKind {
  SMA("mean", Transforms::sma),
  EMA(
      "exponential average, 2 / (window + 1) of the way, begun with the mean",
      SmoothedAverage::exponential),
  WILDER("Wilder's average, 1 / window of the way, begun with the mean", SmoothedAverage::wilder),
  SUM("sum", Transforms::sum),
  DEVIATION("standard deviation, by n", Transforms::deviation),
  ZSCORE("deviations from the mean; 0 where all are equal", Transforms::zScore),
  HIGHEST("highest", Transforms::highest),
  LOWEST("lowest", Transforms::lowest),
  LAG("value that many bars before", Transforms::lag),
  CHANGE("value less that", Transforms::change),
  GROWTH("value over that, less 1", Transforms::growth),
  LOG_GROWTH("logarithm of value over that", Transforms::logGrowth);

  private final String definition;
  private final IntFunction<Transform> make;

  TransformKind(String definition, IntFunction<Transform> make) {
    this.definition = definition;
    this.make = make;
  }

  /** Its name in configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line. */
  public String definition() {
    return definition;
  }

  /** One over so many values, at least 1. */
  public Transform make(int window) {
    return make.apply(window);
  }
}
