package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/**
 * Pearson's correlation of the newest pairs of values, about a centre that is moved to the means
 * once a window, and where it has come to lie far from them, when all is summed anew.
 */
public final class RollingCorrelation {
  private final Window xs;
  private final Window ys;
  private final CompensatedSum[] sums = {
    new CompensatedSum(),
    new CompensatedSum(),
    new CompensatedSum(),
    new CompensatedSum(),
    new CompensatedSum()
  };
  private final EqualRun runX = new EqualRun();
  private final EqualRun runY = new EqualRun();
  private double centreX;
  private double centreY;

  public RollingCorrelation(int length) {
    this.xs = new Window(length);
    this.ys = new Window(length);
  }

  public void add(double x, double y) {
    if (xs.size() == 0) {
      centreX = x;
      centreY = y;
    }
    runX.add(x);
    runY.add(y);
    double goneX = xs.add(x);
    double goneY = ys.add(y);
    sum(x, y, 1);
    if (!Double.isNaN(goneX)) {
      sum(goneX, goneY, -1);
    }
    if (xs.isAtTurn() || isFar(runX, 0) || isFar(runY, 1)) {
      centreX += sums[0].value() / xs.size();
      centreY += sums[1].value() / xs.size();
      for (CompensatedSum sum : sums) {
        sum.clear();
      }
      for (int i = xs.size() - 1; i >= 0; i--) {
        sum(xs.back(i), ys.back(i), 1);
      }
    }
  }

  /** A side that does not move has no correlation, wherever its centre is. */
  private boolean isFar(EqualRun run, int side) {
    return !run.covers(xs.size())
        && Centre.isFar(xs.size(), sums[side].value(), sums[2 + side].value());
  }

  private void sum(double x, double y, int sign) {
    double dx = x - centreX;
    double dy = y - centreY;
    sums[0].add(sign * dx);
    sums[1].add(sign * dy);
    sums[2].add(sign * dx * dx);
    sums[3].add(sign * dy * dy);
    sums[4].add(sign * dx * dy);
  }

  public boolean isFull() {
    return xs.isFull();
  }

  /** From -1 to 1; NaN where one side does not move. */
  public double correlation() {
    if (runX.covers(xs.size()) || runY.covers(ys.size())) {
      return Double.NaN;
    }
    double n = xs.size();
    double meanX = sums[0].value() / n;
    double meanY = sums[1].value() / n;
    double varianceX = sums[2].value() / n - meanX * meanX;
    double varianceY = sums[3].value() / n - meanY * meanY;
    double covariance = sums[4].value() / n - meanX * meanY;
    double scale = Math.sqrt(varianceX) * Math.sqrt(varianceY);
    return scale > 0 ? Math.max(-1, Math.min(1, covariance / scale)) : Double.NaN;
  }

  public void state(StateTape tape) {
    xs.state(tape);
    ys.state(tape);
    for (CompensatedSum sum : sums) {
      sum.state(tape);
    }
    runX.state(tape);
    runY.state(tape);
    centreX = tape.number(centreX);
    centreY = tape.number(centreY);
  }
}
