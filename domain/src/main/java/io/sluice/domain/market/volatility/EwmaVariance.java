package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * Exponentially weighted variance: sigma2 = lambda sigma2 + (1 - lambda) r^2, begun with the first
 * squared return. RiskMetrics uses lambda 0.94 for days.
 */
public final class EwmaVariance implements BarVariance {
  private final double lambda;
  private double variance = Double.NaN;

  /**
   * @param lambda weight of the past, above 0 and below 1
   */
  public EwmaVariance(double lambda) {
    if (!(lambda > 0 && lambda < 1)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected above 0 and below 1");
    }
    this.lambda = lambda;
  }

  /** Continues from a variance. */
  public EwmaVariance(double lambda, double variance) {
    this(lambda);
    this.variance = variance;
  }

  public void add(double aReturn) {
    add(aReturn, 1);
  }

  /** A return over several periods: as many equal parts of it, one a period. */
  public void add(double aReturn, long periods) {
    double perPeriod = aReturn * aReturn / periods;
    if (Double.isNaN(variance)) {
      variance = perPeriod;
      return;
    }
    double past = periods == 1 ? lambda : StrictMath.pow(lambda, periods);
    variance = past * variance + (1 - past) * perPeriod;
  }

  @Override
  public void add(BarReturns bar) {
    if (!bar.isFirst()) {
      add(bar.whole(), bar.periods());
    }
  }

  /** Variance per period; NaN before the first return. */
  @Override
  public double variance() {
    return variance;
  }

  @Override
  public int size() {
    return Double.BYTES;
  }

  @Override
  public void write(ByteBuffer to) {
    to.putDouble(variance);
  }

  @Override
  public void read(ByteBuffer from) {
    variance = from.getDouble();
  }
}
