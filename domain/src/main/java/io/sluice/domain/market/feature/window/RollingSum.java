package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/** The sum of the newest values; compensated, and summed anew once a window. */
public final class RollingSum implements Rolling {
  private final Window window;
  private final CompensatedSum sum = new CompensatedSum();

  public RollingSum(int length) {
    this.window = new Window(length);
  }

  @Override
  public void add(double value) {
    double gone = window.add(value);
    if (window.isAtTurn()) {
      sum.clear();
      for (int i = window.size() - 1; i >= 0; i--) {
        sum.add(window.back(i));
      }
      return;
    }
    sum.add(value);
    if (!Double.isNaN(gone)) {
      sum.add(-gone);
    }
  }

  @Override
  public boolean isFull() {
    return window.isFull();
  }

  public int size() {
    return window.size();
  }

  public double sum() {
    return sum.value();
  }

  /** NaN where there is no value. */
  public double mean() {
    return sum.value() / window.size();
  }

  /** The mean of the distances from the mean; it goes over the whole window. */
  public double meanDeviation() {
    double mean = mean();
    double distances = 0;
    for (int i = window.size() - 1; i >= 0; i--) {
      distances += Math.abs(window.back(i) - mean);
    }
    return distances / window.size();
  }

  @Override
  public void state(StateTape tape) {
    window.state(tape);
    sum.state(tape);
  }
}
