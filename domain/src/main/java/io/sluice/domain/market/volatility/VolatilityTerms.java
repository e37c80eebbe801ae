package io.sluice.domain.market.volatility;

/**
 * How an instrument's volatility is estimated.
 *
 * @param horizonUs the length of the bars, microseconds; above 0 and at most a day
 * @param window how many bars count, 3 to 20,000; of no account to EWMA and GARCH
 * @param lambda the weight of the past in EWMA, also where it stands in for GARCH; above 0 and
 *     below 1
 * @param garch of account to GARCH only
 */
public record VolatilityTerms(
    VolatilityMethod method, long horizonUs, int window, double lambda, GarchTerms garch) {
  static final long DAY_US = 86_400_000_000L;
  private static final int MOST_BARS = 20_000;

  /** EWMA with lambda 0.94 on bars of one minute. */
  public static final VolatilityTerms DEFAULT = of(VolatilityMethod.EWMA);

  public VolatilityTerms {
    if (horizonUs <= 0 || horizonUs > DAY_US) {
      throw new IllegalArgumentException(
          "horizon_us is " + horizonUs + ", expected from 1 to " + DAY_US);
    }
    if (window < 3 || window > MOST_BARS) {
      throw new IllegalArgumentException(
          "window is " + window + ", expected from 3 to " + MOST_BARS);
    }
    if (!(lambda > 0 && lambda < 1)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected above 0 and below 1");
    }
  }

  /** A method on bars of one minute, windows of an hour. */
  public static VolatilityTerms of(VolatilityMethod method) {
    return new VolatilityTerms(method, 60_000_000L, 60, 0.94, GarchTerms.DEFAULT);
  }

  BarVariance variance() {
    return switch (method) {
      case HISTORICAL -> new HistoricalVariance(window);
      case EWMA -> new EwmaVariance(lambda);
      case REALISED -> new RealisedVariance(window, RealisedVariation::realisedOfOne);
      case BIPOWER -> new RealisedVariance(window, RealisedVariation::bipowerOfOne);
      case PARKINSON -> new RangeVariance(window, RangeVariance::parkinson);
      case GARMAN_KLASS -> new RangeVariance(window, RangeVariance::garmanKlass);
      case ROGERS_SATCHELL -> new RangeVariance(window, RangeVariance::rogersSatchell);
      case YANG_ZHANG -> new YangZhangVariance(window);
      case GARCH -> new GarchVariance(garch, lambda);
    };
  }
}
