package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/** Sample variance of the log returns from close to close of a window. */
final class HistoricalVariance implements BarVariance {
  private final WindowVariance returns;

  HistoricalVariance(int window) {
    returns = new WindowVariance(window);
  }

  @Override
  public void add(BarReturns bar) {
    if (!bar.isFirst()) {
      returns.add(bar.wholeOfOneBar());
    }
  }

  @Override
  public double variance() {
    return returns.variance();
  }

  @Override
  public int size() {
    return returns.size();
  }

  @Override
  public void write(ByteBuffer to) {
    returns.write(to);
  }

  @Override
  public void read(ByteBuffer from) {
    returns.read(from);
  }
}
