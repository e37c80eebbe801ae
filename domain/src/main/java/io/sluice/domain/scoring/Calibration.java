package io.sluice.domain.scoring;

import java.util.Arrays;

/** Makes of what a model says a probability that can be taken at its word. */
public sealed interface Calibration {
  /**
   * @param probability what the model says, from 0 to 1
   * @return from 0 to 1
   */
  double apply(double probability);

  /** Takes the model at its word. */
  record Identity() implements Calibration {
    @Override
    public double apply(double probability) {
      return probability;
    }
  }

  /** Platt's: {@code 1 / (1 + exp(a f + b))}, where f is the log odds of what the model says. */
  record Platt(double a, double b) implements Calibration {
    /** Log odds are finite between these. */
    private static final double LEAST = 1e-12;

    @Override
    public double apply(double probability) {
      return 1 / (1 + StrictMath.exp(a * logOdds(probability) + b));
    }

    public static double logOdds(double probability) {
      double inside = Math.min(1 - LEAST, Math.max(LEAST, probability));
      return StrictMath.log(inside / (1 - inside));
    }
  }

  /**
   * A line through points that never falls, level outside of them.
   *
   * @param at what the model says, ascending
   * @param values what it is worth there, never falling
   */
  record Isotonic(double[] at, double[] values) implements Calibration {
    public Isotonic {
      if (at.length == 0 || at.length != values.length) {
        throw new IllegalArgumentException(
            at.length + " points and " + values.length + " values, expected as many, at least one");
      }
      for (int i = 1; i < at.length; i++) {
        if (!(at[i] > at[i - 1]) || !(values[i] >= values[i - 1])) {
          throw new IllegalArgumentException(
              "the points have to ascend and the values never to fall, point " + i + " does not");
        }
      }
    }

    @Override
    public double apply(double probability) {
      int found = Arrays.binarySearch(at, probability);
      if (found >= 0) {
        return values[found];
      }
      int right = -found - 1;
      if (right == 0) {
        return values[0];
      }
      if (right == at.length) {
        return values[at.length - 1];
      }
      double part = (probability - at[right - 1]) / (at[right] - at[right - 1]);
      return values[right - 1] + part * (values[right] - values[right - 1]);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Isotonic that
          && Arrays.equals(at, that.at)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(at) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "Isotonic[at=" + Arrays.toString(at) + ", values=" + Arrays.toString(values) + "]";
    }
  }
}
