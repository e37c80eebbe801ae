package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/** The newest values of a stream, as many as the window has. */
final class Window {
  private final double[] values;
  private long count;

  Window(int length) {
    values = new double[length];
  }

  void add(double value) {
    values[at(count++)] = value;
  }

  boolean isFull() {
    return count >= values.length;
  }

  int held() {
    return (int) Math.min(count, values.length);
  }

  /** How many values have come in all. */
  long count() {
    return count;
  }

  /**
   * The value so many before the newest one.
   *
   * @param back from 0 to {@link #held} - 1
   */
  double back(int back) {
    return values[at(count - 1 - back)];
  }

  private int at(long index) {
    return (int) Math.floorMod(index, (long) values.length);
  }

  int size() {
    return Long.BYTES + Double.BYTES * values.length;
  }

  void write(ByteBuffer to) {
    to.putLong(count);
    for (double value : values) {
      to.putDouble(value);
    }
  }

  void read(ByteBuffer from) {
    count = from.getLong();
    for (int i = 0; i < values.length; i++) {
      values[i] = from.getDouble();
    }
  }
}
