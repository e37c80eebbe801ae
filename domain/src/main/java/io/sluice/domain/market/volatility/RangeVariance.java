package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/**
 * Mean over a window of what one bar's prices say of its variance. Gaps between bars are not in it;
 * a bar without a trade has no range and is not counted, which errs on the high side.
 */
final class RangeVariance implements BarVariance {
  private static final double LN_2 = StrictMath.log(2);

  private final ToDoubleFunction<BarReturns> ofBar;
  private final WindowMean mean;

  RangeVariance(int window, ToDoubleFunction<BarReturns> ofBar) {
    this.ofBar = ofBar;
    this.mean = new WindowMean(window);
  }

  /** ln(H/L)^2 / (4 ln 2). */
  static double parkinson(BarReturns bar) {
    double range = bar.up() - bar.down();
    return range * range / (4 * LN_2);
  }

  /** ln(H/L)^2 / 2 - (2 ln 2 - 1) ln(C/O)^2. */
  static double garmanKlass(BarReturns bar) {
    double range = bar.up() - bar.down();
    return range * range / 2 - (2 * LN_2 - 1) * bar.body() * bar.body();
  }

  /** u (u - c) + d (d - c) of the log returns from the open to high, low and close. */
  static double rogersSatchell(BarReturns bar) {
    return bar.up() * (bar.up() - bar.body()) + bar.down() * (bar.down() - bar.body());
  }

  @Override
  public void add(BarReturns bar) {
    mean.add(ofBar.applyAsDouble(bar));
  }

  /** Never below 0: what single bars say may be. */
  @Override
  public double variance() {
    return Math.max(0, mean.mean());
  }

  @Override
  public int size() {
    return mean.size();
  }

  @Override
  public void write(ByteBuffer to) {
    mean.write(to);
  }

  @Override
  public void read(ByteBuffer from) {
    mean.read(from);
  }
}
