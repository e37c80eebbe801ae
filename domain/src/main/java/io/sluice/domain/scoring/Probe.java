package io.sluice.domain.scoring;

import java.util.Arrays;

/**
 * A row, and what the model has to make of it where it works as it did when it was made.
 *
 * @param row in the bundle's order, NaN where absent; a sequence model gets it at every step
 * @param probability after calibration, with no regime known
 */
public record Probe(double[] row, double probability) {
  /** What two machines may differ by. */
  private static final double TOLERANCE = 1e-6;

  /**
   * @throws BundleException where the model makes something else of the row
   */
  void check(double actual) {
    if (Double.isNaN(actual)) {
      throw new BundleException(
          "the probe row scores NaN, expected " + probability + "; train the model anew");
    }
    if (!(Math.abs(actual - probability) <= TOLERANCE)) {
      throw new BundleException(
          "the probe row scores "
              + actual
              + ", expected "
              + probability
              + "; the files are not those that the bundle was made with, train it anew");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Probe that
        && Arrays.equals(row, that.row)
        && Double.compare(probability, that.probability) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(row) + Double.hashCode(probability);
  }
}
