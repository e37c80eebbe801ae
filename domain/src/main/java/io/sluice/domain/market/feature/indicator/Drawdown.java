package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingExtreme;
import io.sluice.domain.market.feature.window.StateTape;

/**
 * How far the close is below the highest high of the window, as a fraction of it, and how many bars
 * ago the highest high and the lowest low were, the last of equal ones.
 */
public final class Drawdown implements Indicator {
  private final RollingExtreme high;
  private final RollingExtreme low;
  private double close;

  public Drawdown(int length) {
    high = RollingExtreme.highest(length);
    low = RollingExtreme.lowest(length);
  }

  @Override
  public void add(Bar bar) {
    high.add(bar.high());
    low.add(bar.low());
    close = bar.close();
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = high.isFull() && high.value() > 0 ? 1 - close / high.value() : Double.NaN;
    row[at + 1] = high.isFull() ? high.age() : Double.NaN;
    row[at + 2] = low.isFull() ? low.age() : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    high.state(tape);
    low.state(tape);
    close = tape.number(close);
  }
}
