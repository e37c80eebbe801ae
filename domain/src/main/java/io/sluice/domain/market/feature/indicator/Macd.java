package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;

/**
 * Appel's moving average convergence divergence: the fast exponential average of closes less the
 * slow one; its signal, an exponential average of that; and the histogram, the one less the other.
 */
public final class Macd implements Indicator {
  private final SmoothedAverage fast;
  private final SmoothedAverage slow;
  private final SmoothedAverage signal;
  private double macd = Double.NaN;

  public Macd(int fastLength, int slowLength, int signalLength) {
    fast = SmoothedAverage.exponential(fastLength);
    slow = SmoothedAverage.exponential(slowLength);
    signal = SmoothedAverage.exponential(signalLength);
  }

  @Override
  public void add(Bar bar) {
    macd = fast.next(bar.close()) - slow.next(bar.close());
    if (!Double.isNaN(macd)) {
      signal.next(macd);
    }
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = macd;
    row[at + 1] = signal.value();
    row[at + 2] = macd - signal.value();
  }

  @Override
  public void state(StateTape tape) {
    fast.state(tape);
    slow.state(tape);
    signal.state(tape);
    macd = tape.number(macd);
  }
}
