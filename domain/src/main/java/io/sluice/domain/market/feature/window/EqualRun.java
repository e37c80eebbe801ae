package io.sluice.domain.market.feature.window;

import io.sluice.domain.market.state.StateTape;

/** How many of the newest values are equal: what does not move is told exactly, not by a sum. */
public final class EqualRun {
  private double last = Double.NaN;
  private long count;

  public void add(double value) {
    count = value == last ? count + 1 : 1;
    last = value;
  }

  /** Whether the newest so many values are all equal. */
  public boolean covers(int values) {
    return values > 0 && count >= values;
  }

  /** The newest value; NaN before the first. */
  public double last() {
    return last;
  }

  public void state(StateTape tape) {
    last = tape.number(last);
    count = tape.whole(count);
  }
}
