package io.sluice.domain.scoring.record;

import io.sluice.domain.scoring.Label;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;

/**
 * The traded bars of an instrument, of the shortest length there is, and what became of a price
 * later.
 */
public final class BarPath {
  /**
   * A bar in which something was traded.
   *
   * @param startUs epoch microseconds
   * @param lengthUs above 0
   * @param open above 0, as the others
   */
  public record Bar(
      long startUs, long lengthUs, double open, double high, double low, double close) {}

  /** What became of a price. */
  public enum Fate {
    UP,
    NOT_UP,
    /** Both barriers lie in one bar, or the horizon is shorter than a bar. */
    UNDECIDED,
    /** The bars end before the label is settled. */
    UNSETTLED
  }

  /**
   * @param forwardReturn from the price to where the label was settled; NaN where it was not
   * @param fromUs when the price could be had, epoch microseconds
   * @param endUs nothing later was looked at
   */
  public record Outcome(Fate fate, double forwardReturn, long fromUs, long endUs) {}

  private final Bar[] bars;

  /**
   * @param all in any order; of bars of one length that begin at once the last counts
   */
  public BarPath(Collection<Bar> all) {
    long shortest = all.stream().mapToLong(Bar::lengthUs).min().orElse(0);
    TreeMap<Long, Bar> byStart = new TreeMap<>();
    for (Bar bar : all) {
      if (bar.lengthUs() == shortest) {
        byStart.put(bar.startUs(), bar);
      }
    }
    bars = byStart.values().toArray(Bar[]::new);
  }

  /**
   * What became of the first price that was traded at a time or later, by a label. That is the
   * price of the trade by which a score was made, or a later one, never an earlier. A barrier is
   * touched in a bar whose high or low reaches it; where none is, the close of the last bar before
   * the horizon counts.
   *
   * @param timeUs of the score: the end of the bar that was scored
   */
  public Outcome outcome(long timeUs, Label label) {
    int at = firstFrom(timeUs);
    if (at == bars.length) {
      return new Outcome(Fate.UNSETTLED, Double.NaN, timeUs, timeUs);
    }
    double price = bars[at].open();
    long fromUs = bars[at].startUs();
    long endUs = fromUs + label.horizonUs();
    double upper = price * (1 + label.barrier());
    double lower = price * (1 - label.barrier());
    int next = at;
    while (next < bars.length && end(next) <= endUs) {
      boolean isUpper = label.barrier() > 0 && bars[next].high() >= upper;
      boolean isLower = label.barrier() > 0 && bars[next].low() <= lower;
      if (isUpper && isLower) {
        return new Outcome(Fate.UNDECIDED, Double.NaN, fromUs, end(next));
      }
      if (isUpper || isLower) {
        double moved = isUpper ? label.barrier() : -label.barrier();
        return new Outcome(isUpper ? Fate.UP : Fate.NOT_UP, moved, fromUs, end(next));
      }
      next++;
    }
    if (next == bars.length) {
      return new Outcome(Fate.UNSETTLED, Double.NaN, fromUs, endUs);
    }
    if (next == at) {
      return new Outcome(Fate.UNDECIDED, Double.NaN, fromUs, endUs);
    }
    double moved = bars[next - 1].close() / price - 1;
    return new Outcome(moved > 0 ? Fate.UP : Fate.NOT_UP, moved, fromUs, endUs);
  }

  private long end(int bar) {
    return bars[bar].startUs() + bars[bar].lengthUs();
  }

  private int firstFrom(long timeUs) {
    int found =
        Arrays.binarySearch(
            bars,
            new Bar(timeUs, 1, 1, 1, 1, 1),
            (one, other) -> Long.compare(one.startUs(), other.startUs()));
    return found >= 0 ? found : -found - 1;
  }
}
