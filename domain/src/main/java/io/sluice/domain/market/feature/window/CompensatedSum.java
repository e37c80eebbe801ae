package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/**
 * A sum that carries the rounding errors of its additions along (Neumaier 1974), so that what is
 * added and taken away again leaves nothing behind.
 */
public final class CompensatedSum {
  private double sum;
  private double error;

  public void add(double value) {
    double next = sum + value;
    error += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }

  public double value() {
    return sum + error;
  }

  public void clear() {
    sum = 0;
    error = 0;
  }

  public void state(StateTape tape) {
    sum = tape.number(sum);
    error = tape.number(error);
  }
}
