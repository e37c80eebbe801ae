package io.sluice.domain.scoring.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good probabilities were, now that it is known what became of the rows.
 *
 * @param probabilities of up, from 0 to 1
 * @param isUp what became of the rows
 */
public record Judgement(double[] probabilities, boolean[] isUp) {
  /** The logarithm of nothing is not taken. */
  private static final double LEAST = 1e-15;

  public Judgement {
    if (probabilities.length != isUp.length) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities and " + isUp.length + " outcomes");
    }
  }

  public int rows() {
    return isUp.length;
  }

  public int ups() {
    int count = 0;
    for (boolean up : isUp) {
      count += up ? 1 : 0;
    }
    return count;
  }

  /**
   * The area under the ROC curve: how often a row that was up had the larger probability than one
   * that was not, ties by half. NaN where all rows are of one kind.
   */
  public double auc() {
    Integer[] order = IntStream.range(0, rows()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
    double ranks = 0;
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && probabilities[order[to]] == probabilities[order[from]]) {
        to++;
      }
      double shared = (from + 1 + to) / 2.0;
      for (int i = from; i < to; i++) {
        ranks += isUp[order[i]] ? shared : 0;
      }
    }
    double ups = ups();
    return (ranks - ups * (ups + 1) / 2) / (ups * (rows() - ups));
  }

  /**
   * The standard error of an area under the curve (Hanley and McNeil, Radiology 143, 1982).
   *
   * @param ups rows that were up, and {@code downs} that were not: those that are independent
   */
  public static double standardError(double auc, double ups, double downs) {
    double upTwice = auc / (2 - auc);
    double downTwice = 2 * auc * auc / (1 + auc);
    double square = auc * auc;
    return Math.sqrt(
        (auc * (1 - auc) + (ups - 1) * (upTwice - square) + (downs - 1) * (downTwice - square))
            / (ups * downs));
  }

  /** The mean of the negative logarithm of what was said of what happened. */
  public double logLoss() {
    double sum = 0;
    for (int i = 0; i < rows(); i++) {
      double said = isUp[i] ? probabilities[i] : 1 - probabilities[i];
      sum -= StrictMath.log(Math.max(LEAST, said));
    }
    return sum / rows();
  }

  /** The mean square of what probabilities were off by. */
  public double brier() {
    double sum = 0;
    for (int i = 0; i < rows(); i++) {
      double off = probabilities[i] - (isUp[i] ? 1 : 0);
      sum += off * off;
    }
    return sum / rows();
  }

  /**
   * Rows whose probability was about the same.
   *
   * @param said mean probability
   * @param happened share that was up
   */
  public record Bin(int rows, double said, double happened) {}

  /** The rows in bins of equal width of the probability; empty bins are left out. */
  public List<Bin> reliability(int bins) {
    int[] count = new int[bins];
    double[] said = new double[bins];
    double[] happened = new double[bins];
    for (int i = 0; i < rows(); i++) {
      int bin = Math.min(bins - 1, (int) (probabilities[i] * bins));
      count[bin]++;
      said[bin] += probabilities[i];
      happened[bin] += isUp[i] ? 1 : 0;
    }
    List<Bin> filled = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      if (count[i] > 0) {
        filled.add(new Bin(count[i], said[i] / count[i], happened[i] / count[i]));
      }
    }
    return filled;
  }

  /** How far what was said is from what happened, mean over the rows, by {@link #reliability}. */
  public double calibrationError(int bins) {
    double sum = 0;
    for (Bin bin : reliability(bins)) {
      sum += bin.rows() * Math.abs(bin.said() - bin.happened());
    }
    return sum / rows();
  }
}
