package io.sluice.domain.market.anomaly;

import io.sluice.domain.market.state.StateTape;

/**
 * The left matrix profile of a stream: how far the newest subsequence is from the most similar one
 * before it, both z-normalised (Yeh et al. 2016; Lu et al. 2022 for streams). The covariance with
 * the subsequence so many values earlier follows from that of the value before (Kamgar's mpx); one
 * of them is computed anew with each value, so that rounding does not add up. A value costs as much
 * as the history is long.
 */
public final class LeftMatrixProfile {
  private final int length;
  private final int leastLag;
  private final int mostLag;

  /** By index of the last value, modulo their number. */
  private final double[] values;

  private final double[] halfSteps;
  private final double[] leads;
  private final double[] inverseNorms;

  /** With the subsequence so many values earlier. */
  private final double[] covariances;

  private long count;
  private double meanBefore;

  /** Of the newest subsequence, by lag; follows from the rest. */
  private final double[] correlations;

  /**
   * @param length of a subsequence, at least 4
   * @param history how many values are held, at least twice the length
   */
  public LeftMatrixProfile(int length, int history) {
    if (length < 4 || history < 2 * length) {
      throw new IllegalArgumentException(
          "length is "
              + length
              + " and history "
              + history
              + ", expected at least 4 and twice the length");
    }
    this.length = length;
    this.leastLag = (length + 3) / 4;
    this.mostLag = history - length;
    this.values = new double[history + 1];
    this.halfSteps = new double[history + 1];
    this.leads = new double[history + 1];
    this.inverseNorms = new double[history + 1];
    this.covariances = new double[mostLag + 1];
    this.correlations = new double[mostLag + 1];
  }

  /** Takes the next value in, which is finite. */
  public void add(double value) {
    long newest = count++;
    values[at(newest)] = value;
    if (newest < length - 1) {
      return;
    }
    double mean = mean(newest);
    boolean isFirst = newest == length - 1;
    double gone = isFirst ? 0 : values[at(newest - length)];
    halfSteps[at(newest)] = isFirst ? 0 : (value - gone) / 2;
    leads[at(newest)] = isFirst ? 0 : (value - mean) + (gone - meanBefore);
    inverseNorms[at(newest)] = inverseNorm(newest, mean);
    meanBefore = mean;

    int lags = lags();
    long anew = leastLag + newest % (mostLag - leastLag + 1);
    double halfStep = halfSteps[at(newest)];
    double lead = leads[at(newest)];
    double inverseNorm = inverseNorms[at(newest)];
    for (int lag = leastLag; lag <= lags; lag++) {
      int other = at(newest - lag);
      if (lag == anew || newest - lag == length - 1) {
        covariances[lag] = covariance(newest, newest - lag);
      } else {
        covariances[lag] += halfStep * leads[other] + halfSteps[other] * lead;
      }
      correlations[lag] = correlation(covariances[lag], inverseNorm, inverseNorms[other]);
    }
  }

  /** A flat subsequence is like any other flat one, and half like all that are not. */
  private static double correlation(double covariance, double inverseNorm, double otherInverse) {
    if (inverseNorm == 0 || otherInverse == 0) {
      return inverseNorm == otherInverse ? 1 : 0.5;
    }
    return Math.max(-1, Math.min(1, covariance * inverseNorm * otherInverse));
  }

  private double mean(long last) {
    double sum = 0;
    for (int back = 0; back < length; back++) {
      sum += values[at(last - back)];
    }
    return sum / length;
  }

  /** 0 where all values are the same. */
  private double inverseNorm(long last, double mean) {
    double squares = 0;
    boolean isFlat = true;
    for (int back = 0; back < length; back++) {
      double value = values[at(last - back)];
      squares += (value - mean) * (value - mean);
      isFlat &= value == values[at(last)];
    }
    return isFlat ? 0 : 1 / Math.sqrt(squares);
  }

  private double covariance(long last, long otherLast) {
    double mean = mean(last);
    double otherMean = mean(otherLast);
    double sum = 0;
    for (int back = 0; back < length; back++) {
      sum += (values[at(last - back)] - mean) * (values[at(otherLast - back)] - otherMean);
    }
    return sum;
  }

  private int at(long index) {
    return (int) Math.floorMod(index, (long) values.length);
  }

  /** The least distance in values between two subsequences that are compared. */
  public int leastLag() {
    return leastLag;
  }

  /** The largest lag that the newest subsequence is compared at; below the least at first. */
  public int lags() {
    return (int) Math.min(mostLag, count - length);
  }

  /** Whether the history is full. */
  public boolean isFull() {
    return count >= mostLag + length;
  }

  /**
   * Correlation of the newest subsequence with the one so many values earlier.
   *
   * @param lag from {@link #leastLag} to {@link #lags}
   */
  public double correlation(int lag) {
    return correlations[lag];
  }

  /** The lag of the most similar subsequence, of equals the newest; 0 where there is none. */
  public int nearestLag() {
    int nearest = 0;
    int lags = lags();
    for (int lag = leastLag; lag <= lags; lag++) {
      if (nearest == 0 || correlations[lag] > correlations[nearest]) {
        nearest = lag;
      }
    }
    return nearest;
  }

  /** The Euclidean distance of two z-normalised subsequences by their correlation. */
  public double distance(double correlation) {
    return Math.sqrt(2 * length * (1 - correlation));
  }

  /** The value so many before the newest one, at most as many as the history is long. */
  double back(int back) {
    return values[at(count - 1 - back)];
  }

  void state(StateTape tape) {
    count = tape.whole(count);
    meanBefore = tape.number(meanBefore);
    tape.numbers(values);
    tape.numbers(halfSteps);
    tape.numbers(leads);
    tape.numbers(inverseNorms);
    tape.numbers(covariances);
  }
}
