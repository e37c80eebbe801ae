package io.sluice.domain.scoring;

import io.sluice.domain.wire.Side;

/**
 * When a probability is a wish to trade, and what it promises.
 *
 * @param minConfidence from which a model buys or sells, at least a half
 * @param upReturn mean return of the training rows that were up
 * @param downReturn mean return of the others
 */
public record Thresholds(double minConfidence, double upReturn, double downReturn) {
  /** The side, or null to hold. */
  public Side side(double up) {
    if (up >= minConfidence) {
      return Side.BUY;
    }
    return 1 - up >= minConfidence ? Side.SELL : null;
  }

  public static double confidence(double up) {
    return Math.max(up, 1 - up);
  }

  /** Of the instrument, whichever side is taken. */
  public double expectedReturn(double up) {
    return up * upReturn + (1 - up) * downReturn;
  }
}
