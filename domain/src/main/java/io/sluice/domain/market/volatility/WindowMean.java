package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/** Mean of the newest values of a stream; a value costs the same in any window. */
final class WindowMean {
  private final Window window;
  private final CompensatedSum sum = new CompensatedSum();

  WindowMean(int length) {
    window = new Window(length);
  }

  void add(double value) {
    if (window.isFull()) {
      sum.add(-window.back(window.held() - 1));
    }
    window.add(value);
    sum.add(value);
  }

  /** The mean; NaN until the window is full. */
  double mean() {
    return window.isFull() ? sum.value() / window.held() : Double.NaN;
  }

  int size() {
    return window.size() + CompensatedSum.SIZE;
  }

  void write(ByteBuffer to) {
    window.write(to);
    sum.write(to);
  }

  void read(ByteBuffer from) {
    window.read(from);
    sum.read(from);
  }
}
