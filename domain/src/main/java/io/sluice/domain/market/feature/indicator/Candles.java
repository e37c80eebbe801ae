package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;

/**
 * Candlestick patterns of the last one, two or three bars, 1 where one is, 0 where it is not, -1
 * for a bearish engulfing. A body is the distance of open and close, a shadow what is beyond it.
 *
 * <ul>
 *   <li>doji: the body is at most a tenth of the range, which is not 0;
 *   <li>hammer: the body is at most a third of the range and not 0, the lower shadow at least two
 *       bodies, the upper at most half of one;
 *   <li>engulfing: the body covers that of the bar before, which went the other way;
 *   <li>morning star: a fall, then a body at most half as long below its middle, then a rise that
 *       closes above the middle of the fall; evening star: the mirror image.
 * </ul>
 */
public final class Candles implements Indicator {
  private static final double DOJI = 0.1;
  private static final double HAMMER = 1.0 / 3;
  private final double[] opens = new double[3];
  private final double[] closes = new double[3];
  private double high;
  private double low;
  private int seen;

  @Override
  public void add(Bar bar) {
    for (int back = 2; back > 0; back--) {
      opens[back] = opens[back - 1];
      closes[back] = closes[back - 1];
    }
    opens[0] = bar.open();
    closes[0] = bar.close();
    high = bar.high();
    low = bar.low();
    seen = Math.min(seen + 1, 3);
  }

  private double body(int back) {
    return Math.abs(closes[back] - opens[back]);
  }

  private double direction(int back) {
    return Math.signum(closes[back] - opens[back]);
  }

  private double middle(int back) {
    return (opens[back] + closes[back]) / 2;
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = seen < 1 ? Double.NaN : is(high > low && body(0) <= DOJI * (high - low));
    row[at + 1] = seen < 1 ? Double.NaN : is(isHammer());
    row[at + 2] = seen < 2 ? Double.NaN : engulfing();
    row[at + 3] = seen < 3 ? Double.NaN : is(isStar(1));
    row[at + 4] = seen < 3 ? Double.NaN : is(isStar(-1));
  }

  private static double is(boolean pattern) {
    return pattern ? 1 : 0;
  }

  private boolean isHammer() {
    double below = Math.min(opens[0], closes[0]) - low;
    double above = high - Math.max(opens[0], closes[0]);
    return body(0) > 0
        && body(0) <= HAMMER * (high - low)
        && below >= 2 * body(0)
        && above <= body(0) / 2;
  }

  private double engulfing() {
    boolean covers =
        Math.min(opens[0], closes[0]) <= Math.min(opens[1], closes[1])
            && Math.max(opens[0], closes[0]) >= Math.max(opens[1], closes[1])
            && body(0) > body(1);
    return covers && direction(0) * direction(1) < 0 ? direction(0) : 0;
  }

  /** 1 for the morning star, -1 for the evening star. */
  private boolean isStar(int rise) {
    return direction(2) == -rise
        && body(1) <= body(2) / 2
        && rise * (middle(1) - middle(2)) < 0
        && direction(0) == rise
        && rise * (closes[0] - middle(2)) > 0;
  }

  @Override
  public void state(StateTape tape) {
    tape.numbers(opens);
    tape.numbers(closes);
    high = tape.number(high);
    low = tape.number(low);
    seen = tape.count(seen);
  }
}
