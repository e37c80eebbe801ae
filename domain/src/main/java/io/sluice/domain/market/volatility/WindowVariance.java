package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * Sample variance (n - 1) of the newest values of a stream; a value costs the same in any window.
 */
final class WindowVariance {
  private final Window window;
  private final CompensatedSum sum = new CompensatedSum();
  private final CompensatedSum squares = new CompensatedSum();

  /** The first value: sums of differences from it do not lose a small spread to a large mean. */
  private double first;

  /**
   * @param length how many values count, at least 2
   */
  WindowVariance(int length) {
    window = new Window(length);
  }

  void add(double value) {
    if (window.count() == 0) {
      first = value;
    }
    if (window.isFull()) {
      double gone = window.back(window.held() - 1);
      sum.add(-gone);
      squares.add(-(gone * gone));
    }
    double shifted = value - first;
    window.add(shifted);
    sum.add(shifted);
    squares.add(shifted * shifted);
  }

  /** The variance; NaN until the window is full. */
  double variance() {
    if (!window.isFull()) {
      return Double.NaN;
    }
    int n = window.held();
    return Math.max(0, (squares.value() - sum.value() * (sum.value() / n)) / (n - 1));
  }

  int size() {
    return window.size() + 2 * CompensatedSum.SIZE + Double.BYTES;
  }

  void write(ByteBuffer to) {
    window.write(to);
    sum.write(to);
    squares.write(to);
    to.putDouble(first);
  }

  void read(ByteBuffer from) {
    window.read(from);
    sum.read(from);
    squares.read(from);
    first = from.getDouble();
  }
}
