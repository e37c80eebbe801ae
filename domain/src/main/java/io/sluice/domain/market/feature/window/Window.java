package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/** The newest values of a series, as many as it has room for. */
public final class Window {
  private final double[] values;
  private int next;
  private int size;

  /**
   * @param capacity at least 1
   */
  public Window(int capacity) {
    this.values = new double[capacity];
  }

  /** Takes a value in; returns the one that has to go for it, or NaN. */
  public double add(double value) {
    double gone = isFull() ? values[next] : Double.NaN;
    values[next] = value;
    next = next + 1 == values.length ? 0 : next + 1;
    size = Math.min(size + 1, values.length);
    return gone;
  }

  /** The value so many before the newest, which is 0; fewer than there are. */
  public double back(int steps) {
    int at = next - 1 - steps;
    return values[at < 0 ? at + values.length : at];
  }

  public boolean isFull() {
    return size == values.length;
  }

  public int size() {
    return size;
  }

  public int capacity() {
    return values.length;
  }

  /** Once in as many values as it has room for: when what is summed over it is summed anew. */
  boolean isAtTurn() {
    return next == 0;
  }

  public void state(StateTape tape) {
    next = tape.count(next);
    size = tape.count(size);
    tape.numbers(values);
  }
}
