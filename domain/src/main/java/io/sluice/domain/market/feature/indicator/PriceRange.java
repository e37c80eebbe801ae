package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingExtreme;
import io.sluice.domain.market.state.StateTape;
import java.util.Arrays;

/** What the highest high and the lowest low of the newest bars say of the close. */
public final class PriceRange implements Indicator {
  /** Turns a full window into values. */
  private interface Reading {
    void into(RollingExtreme high, RollingExtreme low, double close, double[] row, int at);
  }

  private final int values;
  private final Reading reading;
  private final RollingExtreme high;
  private final RollingExtreme low;
  private double close;

  private PriceRange(int length, int values, Reading reading) {
    this.values = values;
    this.reading = reading;
    high = RollingExtreme.highest(length);
    low = RollingExtreme.lowest(length);
  }

  /**
   * Williams %R: how far the close is below the highest high, in percent of the range of the
   * window, from -100 to 0; -50 where there is no range.
   */
  public static PriceRange williamsR(int length) {
    return new PriceRange(
        length,
        1,
        (high, low, close, row, at) -> {
          double range = high.value() - low.value();
          row[at] = range == 0 ? -50 : -100 * (high.value() - close) / range;
        });
  }

  /**
   * How far the close is below the highest high of the window, as a fraction of it, and how many
   * bars ago the highest high and the lowest low were, the last of equal ones.
   */
  public static PriceRange drawdown(int length) {
    return new PriceRange(
        length,
        3,
        (high, low, close, row, at) -> {
          row[at] = high.value() > 0 ? 1 - close / high.value() : Double.NaN;
          row[at + 1] = high.age();
          row[at + 2] = low.age();
        });
  }

  @Override
  public void add(Bar bar) {
    high.add(bar.high());
    low.add(bar.low());
    close = bar.close();
  }

  @Override
  public void into(double[] row, int at) {
    if (high.isFull()) {
      reading.into(high, low, close, row, at);
    } else {
      Arrays.fill(row, at, at + values, Double.NaN);
    }
  }

  @Override
  public void state(StateTape tape) {
    high.state(tape);
    low.state(tape);
    close = tape.number(close);
  }
}
