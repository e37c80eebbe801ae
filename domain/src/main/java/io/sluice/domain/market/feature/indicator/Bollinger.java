package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingMoments;
import io.sluice.domain.market.state.StateTape;

/**
 * Bollinger's bands: the mean of closes and so many standard deviations (by n) above and below; the
 * position of the close between lower (0) and upper (1), 0.5 where they are one; and their distance
 * over the mean.
 */
public final class Bollinger implements Indicator {
  private final RollingMoments closes;
  private final double deviations;

  public Bollinger(int length, double deviations) {
    closes = new RollingMoments(length);
    this.deviations = deviations;
  }

  @Override
  public void add(Bar bar) {
    closes.add(bar.close());
  }

  @Override
  public void into(double[] row, int at) {
    double mean = closes.isFull() ? closes.mean() : Double.NaN;
    double distance = deviations * closes.deviation();
    row[at] = mean + distance;
    row[at + 1] = mean - distance;
    double position = distance == 0 ? 0.5 : (closes.last() - (mean - distance)) / (2 * distance);
    row[at + 2] = closes.isFull() ? position : Double.NaN;
    row[at + 3] = mean == 0 ? Double.NaN : 2 * distance / mean;
  }

  @Override
  public void state(StateTape tape) {
    closes.state(tape);
  }
}
