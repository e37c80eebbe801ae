package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;

/**
 * Wilder's average true range, in the price's unit and in percent of the close. The first true
 * range is that of the second bar.
 */
public final class Atr implements Indicator {
  private final SmoothedAverage average;
  private double close = Double.NaN;

  public Atr(int length) {
    average = SmoothedAverage.wilder(length);
  }

  @Override
  public void add(Bar bar) {
    if (!Double.isNaN(close)) {
      average.next(trueRange(bar, close));
    }
    close = bar.close();
  }

  /** The range of a bar, or from the close before it where that lies outside. */
  static double trueRange(Bar bar, double closeBefore) {
    double range = bar.high() - bar.low();
    return Math.max(
        range, Math.max(Math.abs(bar.high() - closeBefore), Math.abs(bar.low() - closeBefore)));
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = average.value();
    row[at + 1] = close > 0 ? 100 * average.value() / close : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    average.state(tape);
    close = tape.number(close);
  }
}
