package io.sluice.domain.scoring.training;

import io.sluice.domain.scoring.Calibration.Isotonic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Fits a calibration that never falls, by pooling adjacent violators. */
public final class IsotonicFit {
  private IsotonicFit() {}

  /**
   * @param judgement at least one row
   */
  public static Isotonic of(Judgement judgement) {
    double[] said = judgement.probabilities();
    Integer[] order = IntStream.range(0, said.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> said[i]));
    double[] at = new double[said.length];
    double[] sums = new double[said.length];
    double[] weights = new double[said.length];
    int points = 0;
    for (Integer i : order) {
      if (points == 0 || said[i] > at[points - 1]) {
        at[points++] = said[i];
      }
      sums[points - 1] += judgement.isUp()[i] ? 1 : 0;
      weights[points - 1]++;
    }
    double[] means = new double[points];
    for (int i = 0; i < points; i++) {
      means[i] = sums[i] / weights[i];
    }
    return thinned(Arrays.copyOf(at, points), pooled(means, weights));
  }

  /** The never falling values nearest to these, by weighted squares. */
  static double[] pooled(double[] values, double[] weights) {
    double[] means = new double[values.length];
    double[] masses = new double[values.length];
    int[] lengths = new int[values.length];
    int blocks = 0;
    for (int i = 0; i < values.length; i++) {
      means[blocks] = values[i];
      masses[blocks] = weights[i];
      lengths[blocks++] = 1;
      while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
        double mass = masses[blocks - 2] + masses[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * masses[blocks - 2] + means[blocks - 1] * masses[blocks - 1])
                / mass;
        masses[blocks - 2] = mass;
        lengths[blocks - 2] += lengths[blocks - 1];
        blocks--;
      }
    }
    double[] pooled = new double[values.length];
    int filled = 0;
    for (int i = 0; i < blocks; i++) {
      Arrays.fill(pooled, filled, filled + lengths[i], means[i]);
      filled += lengths[i];
    }
    return pooled;
  }

  /** Points inside a level stretch say nothing that its ends do not. */
  private static Isotonic thinned(double[] at, double[] values) {
    int[] kept =
        IntStream.range(0, at.length)
            .filter(
                i ->
                    i == 0
                        || i == at.length - 1
                        || values[i] != values[i - 1]
                        || values[i] != values[i + 1])
            .toArray();
    return new Isotonic(
        Arrays.stream(kept).mapToDouble(i -> at[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
  }
}
