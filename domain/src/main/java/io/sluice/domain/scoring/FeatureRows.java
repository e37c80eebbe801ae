package io.sluice.domain.scoring;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The newest rows of a model's features, NaN where a feature is absent. */
public final class FeatureRows {
  /** How many rows a sequence model looks at. */
  public static final int SEQUENCE = 100;

  private final double[][] rows;
  private int newest = -1;
  private int count;

  /**
   * @param width features of a row
   * @param capacity rows that are kept
   */
  public FeatureRows(int width, int capacity) {
    rows = new double[capacity][width];
  }

  /** The row to be filled in by the caller; it is the newest one from now on. */
  public double[] next() {
    newest = (newest + 1) % rows.length;
    count = Math.min(count + 1, rows.length);
    return rows[newest];
  }

  public double[] newest() {
    return rows[newest];
  }

  /**
   * @param age 0 for the newest, below {@link #count()}
   */
  public double[] aged(int age) {
    return rows[Math.floorMod(newest - age, rows.length)];
  }

  public int count() {
    return count;
  }

  public int width() {
    return rows[0].length;
  }

  /** The rows, oldest first. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + count * width() * Double.BYTES);
    bytes.putInt(width());
    for (int age = count - 1; age >= 0; age--) {
      for (double value : aged(age)) {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException where the bytes are of rows of another width
   */
  public static FeatureRows of(int width, int capacity, byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    int storedWidth = bytes.getInt();
    if (storedWidth != width) {
      throw new IllegalArgumentException("rows of " + storedWidth + " features, expected " + width);
    }
    FeatureRows rows = new FeatureRows(width, capacity);
    while (bytes.hasRemaining()) {
      double[] row = rows.next();
      Arrays.setAll(row, i -> bytes.getDouble());
    }
    return rows;
  }
}
