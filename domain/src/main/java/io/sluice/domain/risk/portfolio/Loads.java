package io.sluice.domain.risk.portfolio;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * The positions beside one that is about to change. A position's load is its signed value times the
 * daily volatility of its instrument.
 */
public final class Loads {
  private final String[] assets;
  private final double[] loads;
  private int count;

  /**
   * @param most how many positions there may be
   */
  public Loads(int most) {
    assets = new String[most];
    loads = new double[most];
  }

  /** One more, of an asset. */
  public void add(String asset, double load) {
    assets[count] = asset;
    loads[count++] = load;
  }

  /**
   * What they are together to a position that is about to change. Every pair of them has a part in
   * it, always in the same order, so that the sum is the same to the last bit.
   *
   * @param asset what that position is of
   * @param correlations for an asset that of others with it, null for those that are not known; or
   *     null where nothing is known of it
   */
  public Portfolio beside(
      String asset, Function<String, Function<String, BigDecimal>> correlations) {
    double variance = 0;
    double known = 0;
    double unknown = 0;
    for (int i = 0; i < count; i++) {
      double load = loads[i];
      Function<String, BigDecimal> withOne = correlations.apply(assets[i]);
      variance += load * load;
      for (int j = 0; j < i; j++) {
        double product = 2 * load * loads[j];
        double correlation = correlation(assets[i], assets[j], withOne);
        variance += Double.isNaN(correlation) ? Math.abs(product) : correlation * product;
      }
      double correlation = correlation(assets[i], asset, withOne);
      if (Double.isNaN(correlation)) {
        unknown += Math.abs(load);
      } else {
        known += correlation * load;
      }
    }
    return new Portfolio(variance, known, unknown);
  }

  /** NaN where it is not known. */
  private static double correlation(
      String one, String other, Function<String, BigDecimal> withOne) {
    // Texts know their hashes: of two assets nothing else is looked at.
    if (one.hashCode() == other.hashCode() && one.equals(other)) {
      return 1;
    }
    BigDecimal correlation = withOne == null ? null : withOne.apply(other);
    return correlation == null ? Double.NaN : correlation.doubleValue();
  }
}
