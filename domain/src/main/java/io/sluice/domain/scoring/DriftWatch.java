package io.sluice.domain.scoring;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * How far the rows of late are from those of the training window. Rows are counted in two blocks:
 * when the newer one has half of {@link Reference#rows} the older is dropped, so that what is
 * measured is between half of them and all.
 */
public final class DriftWatch {
  /** Drift changes slowly: it is worked out anew after this many rows. */
  private static final int REFRESH_ROWS = 32;

  private final Reference reference;
  private final int[] offsets;
  private final int block;
  private int[] older;
  private int[] newer;
  private int olderRows;
  private int newerRows;
  private double drift = Double.NaN;
  private int worst = -1;

  public DriftWatch(Reference reference) {
    this.reference = reference;
    this.block = Math.max(1, reference.rows() / 2);
    offsets = new int[reference.bins().size() + 1];
    for (int i = 0; i < reference.bins().size(); i++) {
      offsets[i + 1] = offsets[i] + reference.bins().get(i).shares().length;
    }
    older = new int[offsets[offsets.length - 1]];
    newer = new int[older.length];
  }

  /**
   * @param row the features in the bundle's order, NaN where absent
   */
  public void add(double[] row) {
    if (newerRows == block) {
      int[] dropped = older;
      older = newer;
      olderRows = newerRows;
      newer = dropped;
      Arrays.fill(newer, 0);
      newerRows = 0;
    }
    for (int i = 0; i < row.length; i++) {
      newer[offsets[i] + reference.bins().get(i).binOf(row[i])]++;
    }
    newerRows++;
    if (newerRows % REFRESH_ROWS == 0 || newerRows == block) {
      measure();
    }
  }

  /**
   * The population stability indices of the features, weighted by importance; NaN until a block is
   * full.
   */
  public double drift() {
    return drift;
  }

  /** The feature that adds most to the drift, by its place in the bundle; -1 where none does. */
  public int worst() {
    return worst;
  }

  private void measure() {
    if (olderRows + newerRows < block) {
      return;
    }
    int[] both = new int[older.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = older[i] + newer[i];
    }
    double sum = 0;
    double weights = 0;
    double most = 0;
    worst = -1;
    for (int i = 0; i < reference.importance().length; i++) {
      double weight = reference.importance()[i];
      if (weight > 0) {
        double part = weight * reference.bins().get(i).stabilityIndex(both, offsets[i]);
        sum += part;
        weights += weight;
        if (part > most) {
          most = part;
          worst = i;
        }
      }
    }
    // Where no feature is known to matter it is not known either how much has changed.
    drift = weights == 0 ? Double.NaN : sum / weights;
  }

  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * Integer.BYTES + Double.BYTES + 2 * Integer.BYTES * older.length);
    bytes.putInt(older.length).putInt(olderRows).putInt(newerRows).putInt(worst).putDouble(drift);
    for (int count : older) {
      bytes.putInt(count);
    }
    for (int count : newer) {
      bytes.putInt(count);
    }
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException where the bytes are those of other bins
   */
  public static DriftWatch of(Reference reference, byte[] stored) {
    DriftWatch watch = new DriftWatch(reference);
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    int length = bytes.getInt();
    if (length != watch.older.length) {
      throw new IllegalArgumentException(
          "counts of " + length + " bins, expected " + watch.older.length);
    }
    watch.olderRows = bytes.getInt();
    watch.newerRows = bytes.getInt();
    watch.worst = bytes.getInt();
    watch.drift = bytes.getDouble();
    IntBuffer counts = bytes.asIntBuffer();
    counts.get(watch.older).get(watch.newer);
    return watch;
  }
}
