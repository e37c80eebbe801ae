package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;

/**
 * Wilder's directional movement: +DI, -DI and the average directional index ADX, each from 0 to
 * 100. Without any range there is no direction, 0.
 */
public final class Adx implements Indicator {
  private final SmoothedAverage range;
  private final SmoothedAverage up;
  private final SmoothedAverage down;
  private final SmoothedAverage adx;
  private double high = Double.NaN;
  private double low;
  private double close;

  public Adx(int length) {
    range = SmoothedAverage.wilder(length);
    up = SmoothedAverage.wilder(length);
    down = SmoothedAverage.wilder(length);
    adx = SmoothedAverage.wilder(length);
  }

  @Override
  public void add(Bar bar) {
    if (!Double.isNaN(high)) {
      double rise = bar.high() - high;
      double fall = low - bar.low();
      range.next(Atr.trueRange(bar, close));
      up.next(rise > fall ? Math.max(rise, 0) : 0);
      down.next(fall > rise ? Math.max(fall, 0) : 0);
      if (!Double.isNaN(range.value())) {
        double plus = index(up);
        double minus = index(down);
        adx.next(plus + minus == 0 ? 0 : 100 * Math.abs(plus - minus) / (plus + minus));
      }
    }
    high = bar.high();
    low = bar.low();
    close = bar.close();
  }

  private double index(SmoothedAverage movement) {
    return range.value() == 0 ? 0 : 100 * movement.value() / range.value();
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = index(up);
    row[at + 1] = index(down);
    row[at + 2] = adx.value();
  }

  @Override
  public void state(StateTape tape) {
    range.state(tape);
    up.state(tape);
    down.state(tape);
    adx.state(tape);
    high = tape.number(high);
    low = tape.number(low);
    close = tape.number(close);
  }
}
