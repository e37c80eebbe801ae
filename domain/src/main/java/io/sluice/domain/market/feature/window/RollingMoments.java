package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/**
 * Mean and variance of the newest values. Values are taken relative to a centre, which is moved to
 * the mean once a window, and where it has come to lie far from it, when all is summed anew: a
 * large offset does not swallow a small spread, and no error outlives a window.
 */
public final class RollingMoments implements Rolling {
  private final Window window;
  private final CompensatedSum sum = new CompensatedSum();
  private final CompensatedSum squares = new CompensatedSum();
  private double centre;
  private final EqualRun run = new EqualRun();

  public RollingMoments(int length) {
    this.window = new Window(length);
  }

  @Override
  public void add(double value) {
    if (window.size() == 0) {
      centre = value;
    }
    run.add(value);
    double gone = window.add(value);
    sum(value, 1);
    if (!Double.isNaN(gone)) {
      sum(gone, -1);
    }
    if (window.isAtTurn() || Centre.isFar(window.size(), sum.value(), squares.value())) {
      recentre();
    }
  }

  private void sum(double value, int sign) {
    double distance = value - centre;
    sum.add(sign * distance);
    squares.add(sign * distance * distance);
  }

  private void recentre() {
    centre = mean();
    sum.clear();
    squares.clear();
    for (int i = window.size() - 1; i >= 0; i--) {
      sum(window.back(i), 1);
    }
  }

  @Override
  public boolean isFull() {
    return window.isFull();
  }

  public double last() {
    return run.last();
  }

  /** NaN where there is no value. */
  public double mean() {
    return isFlat() ? last() : centre + sum.value() / window.size();
  }

  /** Of the whole population, by n; exactly 0 where all values are equal. */
  public double variance() {
    if (isFlat()) {
      return 0;
    }
    double offset = sum.value() / window.size();
    return Math.max(0, squares.value() / window.size() - offset * offset);
  }

  public double deviation() {
    return Math.sqrt(variance());
  }

  /** How many deviations the newest value is from the mean; 0 where all are equal. */
  public double zScore() {
    double deviation = deviation();
    return deviation == 0 ? 0 : (last() - mean()) / deviation;
  }

  private boolean isFlat() {
    return run.covers(window.size());
  }

  @Override
  public void state(StateTape tape) {
    window.state(tape);
    sum.state(tape);
    squares.state(tape);
    centre = tape.number(centre);
    run.state(tape);
  }
}
