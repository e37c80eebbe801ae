package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingExtreme;
import io.sluice.domain.market.feature.window.StateTape;

/**
 * Williams %R: how far the close is below the highest high, in percent of the range of the window,
 * from -100 to 0; -50 where there is no range.
 */
public final class WilliamsR implements Indicator {
  private final RollingExtreme high;
  private final RollingExtreme low;
  private double close;

  public WilliamsR(int length) {
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
    double range = high.value() - low.value();
    double percent = range == 0 ? -50 : -100 * (high.value() - close) / range;
    row[at] = high.isFull() ? percent : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    high.state(tape);
    low.state(tape);
    close = tape.number(close);
  }
}
