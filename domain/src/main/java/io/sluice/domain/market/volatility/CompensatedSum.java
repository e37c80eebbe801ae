package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * A sum to which values are added and from which they are taken again, with the error of each step
 * kept beside it (Knuth's two-sum): a large value that has come and gone leaves nothing behind.
 */
final class CompensatedSum {
  static final int SIZE = 2 * Double.BYTES;

  private double sum;
  private double error;

  void add(double value) {
    double next = sum + value;
    double added = next - sum;
    double lost = (sum - (next - added)) + (value - added);
    double rest = error + lost;
    sum = next + rest;
    error = rest - (sum - next);
  }

  void clear() {
    sum = 0;
    error = 0;
  }

  double value() {
    return sum;
  }

  void write(ByteBuffer to) {
    to.putDouble(sum).putDouble(error);
  }

  void read(ByteBuffer from) {
    sum = from.getDouble();
    error = from.getDouble();
  }
}
