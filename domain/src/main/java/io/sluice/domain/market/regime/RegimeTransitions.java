package io.sluice.domain.market.regime;

import io.sluice.domain.market.Regime;
import io.sluice.domain.market.state.StateTape;

/**
 * How often each regime was left and for which, bar by bar, and in which hours of the week regimes
 * are left more often than in others. The chance of leaving in a bar is that of the regime times a
 * factor of the hour of the week, which is drawn to that of the hour of the day, and this to 1,
 * while little was seen of it.
 */
public final class RegimeTransitions {
  private static final int REGIMES = Regime.values().length;
  private static final int HOURS = 7 * 24;
  private static final long HOUR_US = 3_600_000_000L;

  /** The week of epoch time begins on a Monday. */
  private static final long MONDAY_US = 4 * 24 * HOUR_US;

  /** How many times a regime has to have been left before its chance is told. */
  static final int LEAST_LEAVES = 5;

  /** As if so many leaves had been expected in an hour, and as many seen as the wider mean says. */
  private static final double HOUR_WEIGHT = 10;

  private static final long LONGEST_US = HOURS * HOUR_US;

  private final long barUs;
  private final long[][] counts = new long[REGIMES][REGIMES];
  private final double[] left = new double[HOURS];
  private final double[] expected = new double[HOURS];

  /**
   * @param barUs the length of a bar, microseconds, at most an hour
   */
  public RegimeTransitions(long barUs) {
    if (barUs <= 0 || barUs > HOUR_US) {
      throw new IllegalArgumentException(
          "the bar is " + barUs + " us long, expected from 1 to " + HOUR_US);
    }
    this.barUs = barUs;
  }

  /**
   * Takes in a bar that began in one regime and ended in another, or the same.
   *
   * @param timeUs when the bar ended, epoch microseconds
   */
  public void add(Regime from, Regime to, long timeUs) {
    int hour = hour(timeUs);
    expected[hour] += chance(from);
    if (from != to) {
      left[hour]++;
    }
    counts[from.ordinal()][to.ordinal()]++;
  }

  private static int hour(long timeUs) {
    return (int) (Math.floorMod(timeUs - MONDAY_US, LONGEST_US) / HOUR_US);
  }

  /** The chance of leaving in a bar, of any hour; at first one in sixty. */
  private double chance(Regime regime) {
    return (leaves(regime) + 1.0) / (bars(regime) + 60.0);
  }

  private long leaves(Regime regime) {
    return bars(regime) - counts[regime.ordinal()][regime.ordinal()];
  }

  private long bars(Regime regime) {
    long bars = 0;
    for (long count : counts[regime.ordinal()]) {
      bars += count;
    }
    return bars;
  }

  private double season(int hour) {
    double leftInDays = 0;
    double expectedInDays = 0;
    for (int same = hour % 24; same < HOURS; same += 24) {
      leftInDays += left[same];
      expectedInDays += expected[same];
    }
    double ofDay = (leftInDays + HOUR_WEIGHT) / (expectedInDays + HOUR_WEIGHT);
    return (left[hour] + HOUR_WEIGHT * ofDay) / (expected[hour] + HOUR_WEIGHT);
  }

  /**
   * The probability that a regime is left within a time, or null where it was left fewer than five
   * times so far.
   *
   * @param timeUs now, epoch microseconds
   * @param horizonUs above 0 and at most a week
   */
  public Double leaveProbability(Regime regime, long timeUs, long horizonUs) {
    if (horizonUs <= 0 || horizonUs > LONGEST_US) {
      throw new IllegalArgumentException(
          "the horizon is " + horizonUs + " us, expected from 1 to " + LONGEST_US);
    }
    if (leaves(regime) < LEAST_LEAVES) {
      return null;
    }
    double chance = chance(regime);
    double logStay = 0;
    long from = timeUs;
    long end = timeUs + horizonUs;
    while (from < end) {
      long until = Math.min(end, from + HOUR_US - Math.floorMod(from, HOUR_US));
      double inBar = Math.min(chance * season(hour(from)), 1 - 1e-9);
      logStay += (double) (until - from) / barUs * StrictMath.log(1 - inBar);
      from = until;
    }
    return 1 - StrictMath.exp(logStay);
  }

  /** Of the times a regime was left, the part that went to another; null where it never was. */
  public Double destination(Regime from, Regime to) {
    long leaves = leaves(from);
    return leaves == 0 || from == to
        ? null
        : (Double) ((double) counts[from.ordinal()][to.ordinal()] / leaves);
  }

  void state(StateTape tape) {
    for (long[] row : counts) {
      tape.wholes(row);
    }
    for (int hour = 0; hour < HOURS; hour++) {
      left[hour] = tape.number(left[hour]);
      expected[hour] = tape.number(expected[hour]);
    }
  }
}
