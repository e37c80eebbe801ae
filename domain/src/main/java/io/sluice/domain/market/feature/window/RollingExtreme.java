package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/**
 * The highest of the newest values, or the lowest. It keeps those that can still become it, the
 * highest first, so that a value costs the same on average however long the window is.
 */
public final class RollingExtreme implements Rolling {
  private final int length;
  private final int sign;
  private final double[] values;
  private final long[] places;
  private int first;
  private int size;
  private long count;

  private RollingExtreme(int length, int sign) {
    this.length = length;
    this.sign = sign;
    this.values = new double[length];
    this.places = new long[length];
  }

  public static RollingExtreme highest(int length) {
    return new RollingExtreme(length, 1);
  }

  public static RollingExtreme lowest(int length) {
    return new RollingExtreme(length, -1);
  }

  @Override
  public void add(double value) {
    if (size > 0 && places[first] <= count - length) {
      first = at(1);
      size--;
    }
    while (size > 0 && sign * values[at(size - 1)] <= sign * value) {
      size--;
    }
    values[at(size)] = value;
    places[at(size)] = count++;
    size++;
  }

  private int at(int step) {
    int at = first + step;
    return at >= length ? at - length : at;
  }

  @Override
  public boolean isFull() {
    return count >= length;
  }

  /** NaN where there is no value. */
  public double value() {
    return size == 0 ? Double.NaN : values[first];
  }

  /** How many values ago it was; of equal ones the newest. */
  public long age() {
    return size == 0 ? 0 : count - 1 - places[first];
  }

  @Override
  public void state(StateTape tape) {
    tape.numbers(values);
    tape.wholes(places);
    first = tape.count(first);
    size = tape.count(size);
    count = tape.whole(count);
  }
}
