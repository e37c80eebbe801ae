package io.sluice.domain.market.regime;

import io.sluice.domain.market.state.StateTape;
import java.util.Arrays;

/** Changes and volumes of the newest bars, and what they say of trend and volume. */
final class BarHistory {
  private final double[] changes;
  private final double[] volumes;
  private long count;

  BarHistory(int bars) {
    changes = new double[bars];
    volumes = new double[bars];
  }

  void add(double change, double volume) {
    int at = (int) (count++ % changes.length);
    changes[at] = change;
    volumes[at] = volume;
  }

  boolean isFull() {
    return count >= changes.length;
  }

  /**
   * Kaufman's efficiency ratio (1995): how far the price has come over how far it has gone, from 0
   * to 1; 0 where it has not moved.
   */
  double efficiency() {
    double come = 0;
    double gone = 0;
    for (double change : changes) {
      come += change;
      gone += Math.abs(change);
    }
    return gone > 0 ? Math.min(1, Math.abs(come) / gone) : 0;
  }

  /** A volume over the mean of those held; 0 where nothing was traded. */
  double volumeRatio(double volume) {
    double sum = Arrays.stream(volumes).sum();
    return sum > 0 ? volume * volumes.length / sum : 0;
  }

  void state(StateTape tape) {
    count = tape.whole(count);
    for (int i = 0; i < changes.length; i++) {
      changes[i] = tape.number(changes[i]);
      volumes[i] = tape.number(volumes[i]);
    }
  }
}
