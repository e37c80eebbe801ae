package io.sluice.domain.scoring.record;

import io.sluice.domain.scoring.Thresholds;
import io.sluice.domain.wire.Side;

/**
 * What a model said at the end of a bar, as it stands in {@code market.scores}.
 *
 * @param timeUs the end of the bar, epoch microseconds
 * @param side null to hold
 * @param up probability that the label is up; NaN where it could not tell
 */
public record ScoredBar(String instrument, long timeUs, Side side, double up) {
  /**
   * One by what a score tells: the confidence of the likelier side, and the expected return, by
   * which it is known which side that is also where the model holds.
   *
   * @param confidence null where it could not tell
   * @param thresholds of its bundle
   */
  public static ScoredBar of(
      String instrument,
      long timeUs,
      Side side,
      Double confidence,
      Double expectedReturn,
      Thresholds thresholds) {
    return new ScoredBar(
        instrument, timeUs, side, up(side, confidence, expectedReturn, thresholds));
  }

  private static double up(
      Side side, Double confidence, Double expectedReturn, Thresholds thresholds) {
    if (confidence == null) {
      return Double.NaN;
    }
    if (side != null) {
      return side == Side.BUY ? confidence : 1 - confidence;
    }
    double range = thresholds.upReturn() - thresholds.downReturn();
    if (range == 0 || expectedReturn == null) {
      return Double.NaN;
    }
    double told = (expectedReturn - thresholds.downReturn()) / range;
    return told >= 0.5 ? confidence : 1 - confidence;
  }
}
