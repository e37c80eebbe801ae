package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.state.StateTape;

/**
 * Lambert's commodity channel index: the typical price less its mean, over 0.015 mean deviations; 0
 * where it does not deviate. The mean deviation has no recurrence: it goes over the window, which
 * is short.
 */
public final class Cci implements Indicator {
  private static final double SCALE = 0.015;
  private final RollingSum window;
  private double typical;

  public Cci(int length) {
    window = new RollingSum(length);
  }

  @Override
  public void add(Bar bar) {
    typical = bar.typical();
    window.add(typical);
  }

  @Override
  public void into(double[] row, int at) {
    if (!window.isFull()) {
      row[at] = Double.NaN;
      return;
    }
    double deviation = window.meanDeviation();
    row[at] = deviation == 0 ? 0 : (typical - window.mean()) / (SCALE * deviation);
  }

  @Override
  public void state(StateTape tape) {
    window.state(tape);
    typical = tape.number(typical);
  }
}
