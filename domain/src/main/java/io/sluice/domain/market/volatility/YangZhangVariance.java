package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * Yang and Zhang (2000): the variance of the gaps from close to open, of the bodies, and the mean
 * of Rogers and Satchell, as gap + k body + (1 - k) range with k = 0.34 / (1.34 + (n + 1) / (n -
 * 1)). The first bar has no gap and is not counted.
 */
final class YangZhangVariance implements BarVariance {
  private final double weight;
  private final WindowVariance gaps;
  private final WindowVariance bodies;
  private final WindowMean ranges;

  YangZhangVariance(int window) {
    weight = 0.34 / (1.34 + (window + 1.0) / (window - 1.0));
    gaps = new WindowVariance(window);
    bodies = new WindowVariance(window);
    ranges = new WindowMean(window);
  }

  @Override
  public void add(BarReturns bar) {
    if (!bar.isFirst()) {
      gaps.add(bar.gapOfOneBar());
      bodies.add(bar.body());
      ranges.add(RangeVariance.rogersSatchell(bar));
    }
  }

  @Override
  public double variance() {
    return gaps.variance() + weight * bodies.variance() + (1 - weight) * Math.max(0, ranges.mean());
  }

  @Override
  public int size() {
    return gaps.size() + bodies.size() + ranges.size();
  }

  @Override
  public void write(ByteBuffer to) {
    gaps.write(to);
    bodies.write(to);
    ranges.write(to);
  }

  @Override
  public void read(ByteBuffer from) {
    gaps.read(from);
    bodies.read(from);
    ranges.read(from);
  }
}
