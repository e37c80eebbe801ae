package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.state.StateTape;

/**
 * An average that moves a part of the way to each new value. It begins with the arithmetic mean of
 * the first values, so that it does not lean on the very first one.
 */
public final class SmoothedAverage implements Transform {
  private final int length;
  private final double part;
  private int seen;
  private double first;
  private double average = Double.NaN;

  private SmoothedAverage(int length, double part) {
    this.length = length;
    this.part = part;
  }

  /** The exponential moving average: 2 / (n + 1) of the way. */
  public static SmoothedAverage exponential(int length) {
    return new SmoothedAverage(length, 2.0 / (length + 1));
  }

  /** Wilder's smoothing (1978), the average of RSI, ATR and ADX: 1 / n of the way. */
  public static SmoothedAverage wilder(int length) {
    return new SmoothedAverage(length, 1.0 / length);
  }

  @Override
  public double next(double value) {
    if (seen < length) {
      seen++;
      first += value;
      if (seen == length) {
        average = first / length;
      }
    } else {
      average += part * (value - average);
    }
    return average;
  }

  /** NaN before it is warm. */
  public double value() {
    return average;
  }

  @Override
  public int warmUp() {
    return length;
  }

  @Override
  public void state(StateTape tape) {
    seen = tape.count(seen);
    first = tape.number(first);
    average = tape.number(average);
  }
}
