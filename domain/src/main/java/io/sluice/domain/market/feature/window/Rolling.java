package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/** What is known of the newest values of a series, as many as the window is long. */
public interface Rolling {
  /** Takes the next value in. */
  void add(double value);

  /** Whether as many values have come as the window is long. */
  boolean isFull();

  void state(StateTape tape);
}
