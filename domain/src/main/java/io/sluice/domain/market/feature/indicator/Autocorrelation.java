package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingCorrelation;
import io.sluice.domain.market.state.StateTape;

/** The correlation of log returns with those one bar before; none where the price stands still. */
public final class Autocorrelation implements Indicator {
  private final RollingCorrelation pairs;
  private double close = Double.NaN;
  private double before = Double.NaN;

  public Autocorrelation(int length) {
    pairs = new RollingCorrelation(length);
  }

  @Override
  public void add(Bar bar) {
    double now = StrictMath.log(bar.close() / close);
    close = bar.close();
    if (Double.isFinite(now) && Double.isFinite(before)) {
      pairs.add(now, before);
    }
    before = now;
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = pairs.isFull() ? pairs.correlation() : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    pairs.state(tape);
    close = tape.number(close);
    before = tape.number(before);
  }
}
