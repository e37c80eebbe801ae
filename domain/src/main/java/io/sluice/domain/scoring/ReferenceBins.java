package io.sluice.domain.scoring;

import java.util.Arrays;

/**
 * How a feature was spread over the training window, and how far a later spread is from that.
 *
 * @param edges that part the values, ascending: a value belongs behind the edges below it
 * @param shares of the bins between the edges, one more than edges, and last of the rows where the
 *     feature was absent
 */
public record ReferenceBins(double[] edges, double[] shares) {
  /** A share of nothing is taken for this, so that its logarithm is finite. */
  private static final double LEAST_SHARE = 1e-4;

  private static final double ROUNDING = 1e-3;

  public ReferenceBins {
    if (shares.length != edges.length + 2) {
      throw new IllegalArgumentException(
          edges.length + " edges and " + shares.length + " shares, expected two shares more");
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i] > edges[i - 1])) {
        throw new IllegalArgumentException("the edges have to ascend, edge " + i + " does not");
      }
    }
  }

  /**
   * Bins that hold about as many of these values each; fewer where values repeat.
   *
   * @param values NaN where absent; at least one
   */
  public static ReferenceBins of(double[] values, int bins) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double[] edges = new double[bins - 1];
    int count = 0;
    for (int i = 1; i < bins && sorted.length > 0; i++) {
      double edge = sorted[(int) ((long) sorted.length * i / bins)];
      // At the least value an edge would part nothing from the others.
      if (edge > sorted[0] && (count == 0 || edge > edges[count - 1])) {
        edges[count++] = edge;
      }
    }
    double[] kept = Arrays.copyOf(edges, count);
    ReferenceBins empty = new ReferenceBins(kept, new double[count + 2]);
    double[] shares = new double[count + 2];
    for (double value : values) {
      shares[empty.binOf(value)] += 1.0 / values.length;
    }
    return new ReferenceBins(kept, shares);
  }

  /** Whether every row is in one of the bins; shares that were rounded for a file are. */
  public boolean isWhole() {
    return Arrays.stream(shares).allMatch(share -> share >= 0)
        && Math.abs(Arrays.stream(shares).sum() - 1) < ROUNDING;
  }

  /** The bin of a value: the number of edges at or below it; the last where it is absent. */
  public int binOf(double value) {
    if (Double.isNaN(value)) {
      return shares.length - 1;
    }
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /**
   * The population stability index of these counts against the shares: the sum over the bins of
   * {@code (actual - expected) ln(actual / expected)}. By custom below 0.1 nothing has changed, and
   * above 0.25 much has.
   *
   * @param counts of the bins
   * @param offset where they begin
   * @return at least 0; NaN where nothing was counted
   */
  public double stabilityIndex(int[] counts, int offset) {
    long total = 0;
    for (int i = 0; i < shares.length; i++) {
      total += counts[offset + i];
    }
    double index = total == 0 ? Double.NaN : 0;
    for (int i = 0; i < shares.length; i++) {
      double actual = Math.max(LEAST_SHARE, (double) counts[offset + i] / total);
      double expected = Math.max(LEAST_SHARE, shares[i]);
      index += (actual - expected) * StrictMath.log(actual / expected);
    }
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReferenceBins that
        && Arrays.equals(edges, that.edges)
        && Arrays.equals(shares, that.shares);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(edges) + Arrays.hashCode(shares);
  }

  @Override
  public String toString() {
    return "ReferenceBins[edges="
        + Arrays.toString(edges)
        + ", shares="
        + Arrays.toString(shares)
        + "]";
  }
}
