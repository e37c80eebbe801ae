package io.sluice.domain.market.feature.tick;

import io.sluice.domain.market.state.StateTape;
import io.sluice.domain.wire.Aggressor;

/** What is computed from single trades and quotes, in constant time each. */
public interface TickIndicator {
  /** Takes a trade in. */
  default void trade(double price, double qty, Aggressor aggressor) {
    // Not every one looks at trades.
  }

  /** Takes a quote in; NaN stands for what a side that is absent does not say. */
  default void quote(double bid, double bidQty, double ask, double askQty) {
    // Not every one looks at quotes.
  }

  /** Writes its values to a row from a place on; NaN stands for one that is not warm. */
  void into(double[] row, int at);

  void state(StateTape tape);
}
