package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.state.StateTape;

/** A series made of another, value by value. */
public interface Transform {
  /**
   * Takes the next value in.
   *
   * @return what becomes of it; NaN while there are too few values, or where it has none
   */
  double next(double value);

  /** How many values it takes until it has one. */
  int warmUp();

  void state(StateTape tape);
}
