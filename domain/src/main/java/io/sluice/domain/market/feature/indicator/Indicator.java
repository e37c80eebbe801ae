package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.state.StateTape;

/** What is computed over the bars of one interval, in constant time a bar. */
public interface Indicator {
  /** Takes the next bar in. */
  void add(Bar bar);

  /** Writes its values to a row from a place on; NaN stands for one that is not warm. */
  void into(double[] row, int at);

  void state(StateTape tape);
}
