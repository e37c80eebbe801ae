package io.sluice.domain.risk.portfolio;

/**
 * The standard deviation of a portfolio's profit in a day, and how far one position may grow within
 * a bound of it (variance-covariance method, mean 0). A position's load is its signed value times
 * the daily volatility of its instrument.
 *
 * <p>Where the correlation of two instruments is not known, the worst is taken: their loads add up.
 */
public final class Portfolio {
  private double variance;
  private double known;
  private double unknown;

  /**
   * Adds the part that two positions, or one with itself, have in the variance of the others.
   *
   * @param correlation of their instruments, or null where it is not known
   */
  public void addPair(double load, double other, Double correlation) {
    double product = load * other;
    variance += correlation == null ? Math.abs(product) : correlation * product;
  }

  /**
   * Adds what a position has to do with the one that is about to change.
   *
   * @param correlation of their instruments, or null where it is not known
   */
  public void addBeside(double load, Double correlation) {
    if (correlation == null) {
      unknown += Math.abs(load);
    } else {
      known += correlation * load;
    }
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
    Portfolio mirrored = new Portfolio();
    mirrored.variance = variance;
    mirrored.known = -known;
    mirrored.unknown = unknown;
    return mirrored;
  }

  /** The larger root of x^2 + 2 b x + c; NaN where there is none. */
  private static double largestRoot(double b, double c) {
    double discriminant = b * b - c;
    return discriminant < 0 ? Double.NaN : Math.sqrt(discriminant) - b;
  }
}
