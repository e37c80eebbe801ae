package io.sluice.domain.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * What a model's inputs were like in its training window.
 *
 * @param bins of each feature, in the bundle's order
 * @param importance of each feature, in the same order, at least 0: what its drift weighs
 * @param rows over how many of the newest rows drift is measured
 */
public record Reference(List<ReferenceBins> bins, double[] importance, int rows) {
  public Reference {
    bins = List.copyOf(bins);
    if (importance.length != bins.size()) {
      throw new IllegalArgumentException(
          bins.size() + " features and " + importance.length + " importances");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reference that
        && bins.equals(that.bins)
        && Arrays.equals(importance, that.importance)
        && rows == that.rows;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * bins.hashCode() + Arrays.hashCode(importance)) + rows;
  }
}
