package io.sluice.domain.market.volatility;

import io.sluice.domain.market.feature.window.Centre;
import java.nio.ByteBuffer;

/**
 * Sample variance (n - 1) of the newest values of a stream; a value costs the same in any window.
 */
final class WindowVariance {
  private final Window window;
  private final CompensatedSum sum = new CompensatedSum();
  private final CompensatedSum squares = new CompensatedSum();

  /**
   * The first value, until it lies far from the mean: sums of differences from it do not lose a
   * small spread to a large mean.
   */
  private double centre;

  /**
   * @param length how many values count, at least 2
   */
  WindowVariance(int length) {
    window = new Window(length);
  }

  void add(double value) {
    if (window.count() == 0) {
      centre = value;
    }
    if (window.isFull()) {
      double gone = window.back(window.held() - 1);
      sum.add(-gone);
      squares.add(-(gone * gone));
    }
    double shifted = value - centre;
    window.add(shifted);
    sum.add(shifted);
    squares.add(shifted * shifted);
    if (window.isFull() && Centre.isFar(window.held(), sum.value(), squares.value())) {
      recentre();
    }
  }

  private void recentre() {
    double step = sum.value() / window.held();
    centre += step;
    sum.clear();
    squares.clear();
    for (int i = 0; i < window.held(); i++) {
      double shifted = window.back(window.held() - 1) - step;
      window.add(shifted);
      sum.add(shifted);
      squares.add(shifted * shifted);
    }
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
    to.putDouble(centre);
  }

  void read(ByteBuffer from) {
    window.read(from);
    sum.read(from);
    squares.read(from);
    centre = from.getDouble();
  }
}
