package io.sluice.domain.market.feature;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingCorrelation;
import io.sluice.domain.market.state.StateTape;

/** How the log returns of an instrument's bars go with those of its basket. */
final class BasketCorrelation {
  private final RollingCorrelation pairs;
  private double close = Double.NaN;
  private double level = Double.NaN;

  BasketCorrelation(int length) {
    pairs = new RollingCorrelation(length);
  }

  /**
   * @param newLevel of the basket at the bar's end, a logarithm
   * @return NaN where it is not warm, or one side does not move
   */
  double next(Bar bar, double newLevel) {
    double own = StrictMath.log(bar.close() / close);
    double basket = newLevel - level;
    close = bar.close();
    level = newLevel;
    if (Double.isFinite(own) && Double.isFinite(basket)) {
      pairs.add(own, basket);
    }
    return pairs.isFull() ? pairs.correlation() : Double.NaN;
  }

  void state(StateTape tape) {
    pairs.state(tape);
    close = tape.number(close);
    level = tape.number(level);
  }
}
