package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/** Realised or bipower variation of a window of bars, as the variance of one bar's return. */
final class RealisedVariance implements BarVariance {
  private final RealisedVariation variation;
  private final ToDoubleFunction<RealisedVariation> ofOne;

  RealisedVariance(int window, ToDoubleFunction<RealisedVariation> ofOne) {
    this.variation = new RealisedVariation(window);
    this.ofOne = ofOne;
  }

  @Override
  public void add(BarReturns bar) {
    if (!bar.isFirst()) {
      variation.add(bar.wholeOfOneBar());
    }
  }

  @Override
  public double variance() {
    return ofOne.applyAsDouble(variation);
  }

  @Override
  public int size() {
    return variation.size();
  }

  @Override
  public void write(ByteBuffer to) {
    variation.write(to);
  }

  @Override
  public void read(ByteBuffer from) {
    variation.read(from);
  }
}
