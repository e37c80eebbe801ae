package io.sluice.domain.market.regime;

import io.sluice.domain.market.state.StateTape;
import java.util.Arrays;

/**
 * Filtered probabilities of the states of a Markov chain that is seen only through observations
 * whose density depends on the state (Hamilton 1989). It begins with the chain's stationary
 * distribution.
 */
public final class HamiltonFilter {
  /** Squared as often, a transition matrix has forgotten where it began. */
  private static final int SQUARINGS = 40;

  private final double[][] transition;
  private double[] probabilities;

  /**
   * @param transition the probability of going from one state (row) to another (column)
   */
  public HamiltonFilter(double[][] transition) {
    this.transition = transition;
    this.probabilities = stationary(transition);
  }

  private static double[] stationary(double[][] transition) {
    double[][] power = transition;
    for (int i = 0; i < SQUARINGS; i++) {
      power = squared(power);
    }
    return power[0].clone();
  }

  private static double[][] squared(double[][] matrix) {
    int n = matrix.length;
    double[][] square = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          square[i][j] += matrix[i][k] * matrix[k][j];
        }
      }
      // Rounding must not let the rows grow or shrink.
      double sum = Arrays.stream(square[i]).sum();
      for (int j = 0; j < n; j++) {
        square[i][j] /= sum;
      }
    }
    return square;
  }

  /**
   * Takes an observation in. One that no state allows leaves what the chain alone says.
   *
   * @param logDensities the logarithm of its density in each state
   * @return the logarithm of its density given what came before
   */
  public double add(double[] logDensities) {
    int n = transition.length;
    double[] next = new double[n];
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        next[to] += probabilities[from] * transition[from][to];
      }
    }
    // Relative to the largest, so that densities too small for a double can be compared.
    double largest = Arrays.stream(logDensities).max().orElseThrow();
    double sum = 0;
    double[] joint = new double[n];
    if (largest > Double.NEGATIVE_INFINITY) {
      for (int state = 0; state < n; state++) {
        joint[state] = next[state] * StrictMath.exp(logDensities[state] - largest);
        sum += joint[state];
      }
    }
    if (!(sum > 0)) {
      probabilities = next;
      return Double.NEGATIVE_INFINITY;
    }
    for (int state = 0; state < n; state++) {
      joint[state] /= sum;
    }
    probabilities = joint;
    return largest + StrictMath.log(sum);
  }

  /** The probability of a state given all observations so far. */
  public double probability(int state) {
    return probabilities[state];
  }

  void state(StateTape tape) {
    tape.numbers(probabilities);
  }
}
