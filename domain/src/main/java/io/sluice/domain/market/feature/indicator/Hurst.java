package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.CompensatedSum;
import io.sluice.domain.market.feature.window.EqualRun;
import io.sluice.domain.market.feature.window.Window;
import io.sluice.domain.market.state.StateTape;

/**
 * The Hurst exponent of closes: the slope of the log standard deviation of their changes over lags
 * of 2 to 20 bars against the log of the lag. About 0.5 for a random walk, above where moves go on,
 * below where they turn back; none where the price stands still.
 */
public final class Hurst implements Indicator {
  private static final int FIRST_LAG = 2;
  private static final int LAGS = 19;
  private static final double[] LOG_LAG = new double[LAGS];
  private static final double MEAN_LOG_LAG;
  private static final double SQUARES_LOG_LAG;

  static {
    double sum = 0;
    for (int i = 0; i < LAGS; i++) {
      LOG_LAG[i] = StrictMath.log(FIRST_LAG + i);
      sum += LOG_LAG[i];
    }
    MEAN_LOG_LAG = sum / LAGS;
    double squares = 0;
    for (double log : LOG_LAG) {
      squares += (log - MEAN_LOG_LAG) * (log - MEAN_LOG_LAG);
    }
    SQUARES_LOG_LAG = squares;
  }

  private final int length;
  private final Window closes;
  private final EqualRun run = new EqualRun();
  private final CompensatedSum[] sums = new CompensatedSum[LAGS];
  private final CompensatedSum[] squares = new CompensatedSum[LAGS];
  private int sinceTurn;
  private double value = Double.NaN;

  /**
   * @param length how many closes, more than 20
   */
  public Hurst(int length) {
    this.length = length;
    // One more: the close that goes is the earlier one of the oldest change of each lag.
    this.closes = new Window(length + 1);
    for (int i = 0; i < LAGS; i++) {
      sums[i] = new CompensatedSum();
      squares[i] = new CompensatedSum();
    }
  }

  @Override
  public void add(Bar bar) {
    closes.add(bar.close());
    run.add(bar.close());
    sinceTurn = sinceTurn + 1 == length ? 0 : sinceTurn + 1;
    for (int i = 0; i < LAGS; i++) {
      int lag = FIRST_LAG + i;
      if (sinceTurn == 0) {
        sumAnew(i, lag);
        continue;
      }
      if (closes.size() > lag) {
        change(i, closes.back(0) - closes.back(lag), 1);
      }
      if (closes.size() > length) {
        change(i, closes.back(length - lag) - closes.back(length), -1);
      }
    }
    value = closes.size() >= length && !run.covers(length) ? slope() : Double.NaN;
  }

  private void sumAnew(int i, int lag) {
    sums[i].clear();
    squares[i].clear();
    for (int back = Math.min(closes.size(), length) - 1 - lag; back >= 0; back--) {
      change(i, closes.back(back) - closes.back(back + lag), 1);
    }
  }

  private void change(int i, double change, int sign) {
    sums[i].add(sign * change);
    squares[i].add(sign * change * change);
  }

  private double slope() {
    double products = 0;
    for (int i = 0; i < LAGS; i++) {
      double n = length - FIRST_LAG - i;
      double mean = sums[i].value() / n;
      double variance = squares[i].value() / n - mean * mean;
      products += (LOG_LAG[i] - MEAN_LOG_LAG) * (0.5 * StrictMath.log(variance));
    }
    double slope = products / SQUARES_LOG_LAG;
    return Double.isFinite(slope) ? slope : Double.NaN;
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = value;
  }

  @Override
  public void state(StateTape tape) {
    closes.state(tape);
    run.state(tape);
    for (int i = 0; i < LAGS; i++) {
      sums[i].state(tape);
      squares[i].state(tape);
    }
    sinceTurn = tape.count(sinceTurn);
    value = tape.number(value);
  }
}
