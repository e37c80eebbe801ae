package io.sluice.domain.market;

import io.sluice.domain.journal.Event;
import io.sluice.domain.market.feature.Arbitrage;
import io.sluice.domain.market.feature.MarketFeatures;
import io.sluice.domain.wire.Row;

/**
 * Tells that an asset is dearer elsewhere by a bound or more: once, and again when the spread has
 * been below half the bound in between.
 */
final class ArbitrageWatch {
  private final String instrument;
  private final double bound;
  private boolean isTold;

  /**
   * @param bound a fraction of the lowest price; NaN to tell nothing
   */
  ArbitrageWatch(String instrument, double bound) {
    this.instrument = instrument;
    this.bound = bound;
  }

  /** What there is to tell behind a row; null where there is nothing. */
  Event on(Row row, MarketFeatures features) {
    if (Double.isNaN(bound)) {
      return null;
    }
    Arbitrage found = features.arbitrage(isTold ? bound / 2 : bound);
    boolean isNew = found != null && !isTold;
    isTold = found != null;
    return isNew ? MarketEvents.of(instrument, found, bound, row) : null;
  }

  /** Whether it has told, and the spread has not come down since. */
  boolean isTold() {
    return isTold;
  }

  void read(boolean wasTold) {
    isTold = wasTold;
  }
}
