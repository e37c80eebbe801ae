package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;

/**
 * Wilder's relative strength index: 100 - 100 / (1 + average gain / average loss), from 0 to 100;
 * 50 where the price has not moved at all.
 */
public final class Rsi implements Indicator {
  private final SmoothedAverage gains;
  private final SmoothedAverage losses;
  private double close = Double.NaN;

  public Rsi(int length) {
    gains = SmoothedAverage.wilder(length);
    losses = SmoothedAverage.wilder(length);
  }

  @Override
  public void add(Bar bar) {
    if (!Double.isNaN(close)) {
      double change = bar.close() - close;
      gains.next(Math.max(change, 0));
      losses.next(Math.max(-change, 0));
    }
    close = bar.close();
  }

  @Override
  public void into(double[] row, int at) {
    double gain = gains.value();
    double loss = losses.value();
    row[at] = gain == 0 && loss == 0 ? 50 : loss == 0 ? 100 : 100 - 100 / (1 + gain / loss);
  }

  @Override
  public void state(StateTape tape) {
    gains.state(tape);
    losses.state(tape);
    close = tape.number(close);
  }
}
