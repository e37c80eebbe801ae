package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingExtreme;
import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.state.StateTape;

/**
 * Lane's stochastic oscillator: where the close is between the lowest low (0) and the highest high
 * (100) of the window, 50 where those are equal; %K is its mean over the smoothing, %D that of %K.
 */
public final class Stochastic implements Indicator {
  private final RollingExtreme high;
  private final RollingExtreme low;
  private final RollingSum k;
  private final RollingSum d;

  public Stochastic(int length, int smoothing, int signalLength) {
    high = RollingExtreme.highest(length);
    low = RollingExtreme.lowest(length);
    k = new RollingSum(smoothing);
    d = new RollingSum(signalLength);
  }

  @Override
  public void add(Bar bar) {
    high.add(bar.high());
    low.add(bar.low());
    if (high.isFull()) {
      double range = high.value() - low.value();
      k.add(range == 0 ? 50 : 100 * (bar.close() - low.value()) / range);
      if (k.isFull()) {
        d.add(k.mean());
      }
    }
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = k.isFull() ? k.mean() : Double.NaN;
    row[at + 1] = d.isFull() ? d.mean() : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    high.state(tape);
    low.state(tape);
    k.state(tape);
    d.state(tape);
  }
}
