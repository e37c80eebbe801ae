package io.sluice.domain.risk.portfolio;

/**
 * The standard deviation of a portfolio's profit in a day, and how far one position may grow within
 * a bound of it (variance-covariance method, mean 0). See {@link Loads}.
 *
 * <p>Where the correlation of two instruments is not known, the worst is taken: their loads add up.
 */
public final class Portfolio {
  private final double variance;
  private final double known;
  private final double unknown;

  /**
   * @param variance of the other positions together
   * @param known what they have to do with the one that is about to change: their loads by their
   *     correlations with it
   * @param unknown the loads whose correlation with it is not known, each above 0
   */
  Portfolio(double variance, double known, double unknown) {
    this.variance = variance;
    this.known = known;
    this.unknown = unknown;
  }

  /** The standard deviation with the changing position at this load. */
  public double deviation(double load) {
    double cross = known * load + unknown * Math.abs(load);
    return Math.sqrt(Math.max(0, variance + 2 * cross + load * load));
  }

  /**
   * The largest load of the changing position at which the deviation is not above the bound; NaN
   * where there is none.
   */
  public double largestLoad(double bound) {
    double rest = variance - bound * bound;
    double above = largestRoot(known + unknown, rest);
    if (above >= 0) {
      return above;
    }
    double below = largestRoot(known - unknown, rest);
    return below <= 0 ? below : Double.NaN;
  }

  /** The same with everything the other way round: for a position that grows short. */
  public Portfolio mirrored() {
    return new Portfolio(variance, -known, unknown);
  }

  /** The larger root of x^2 + 2 b x + c; NaN where there is none. */
  private static double largestRoot(double b, double c) {
    double discriminant = b * b - c;
    return discriminant < 0 ? Double.NaN : Math.sqrt(discriminant) - b;
  }
}
