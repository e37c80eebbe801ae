package io.sluice.domain.market.feature;

import io.sluice.domain.json.Times;
import io.sluice.domain.market.state.StateTape;
import java.util.Arrays;
import java.util.List;

/**
 * The last prices of an asset on its venues. A price counts for 10 s by the newest row of any of
 * them. Nothing is said where fewer than two count, or the instrument's own does not.
 */
public final class VenuePrices {
  private static final long FRESH_US = 10 * Times.SECOND_US;
  private static final int OWN = 0;

  private final List<String> elsewhere;
  private final double[] prices;
  private final long[] timesUs;
  private long nowUs = Long.MIN_VALUE;

  /**
   * @param elsewhere the other instruments
   */
  public VenuePrices(List<String> elsewhere) {
    this.elsewhere = List.copyOf(elsewhere);
    this.prices = new double[1 + elsewhere.size()];
    this.timesUs = new long[1 + elsewhere.size()];
    Arrays.fill(prices, Double.NaN);
  }

  /** A trade of the instrument itself. */
  void own(long timeUs, double price) {
    put(OWN, timeUs, price);
  }

  /** A trade of another; of one that is none of the venues' nothing is kept. */
  void elsewhere(long timeUs, String instrument, double price) {
    int place = elsewhere.indexOf(instrument);
    if (place >= 0) {
      put(1 + place, timeUs, price);
    }
  }

  private void put(int place, long timeUs, double price) {
    nowUs = Math.max(nowUs, timeUs);
    prices[place] = price;
    timesUs[place] = nowUs;
  }

  private boolean counts(int place) {
    return !Double.isNaN(prices[place]) && nowUs - timesUs[place] <= FRESH_US;
  }

  private int count() {
    int count = 0;
    for (int place = 0; place < prices.length; place++) {
      count += counts(place) ? 1 : 0;
    }
    return count;
  }

  /** Highest over lowest, less 1; NaN where there is none. */
  double spread() {
    if (!counts(OWN) || count() < 2) {
      return Double.NaN;
    }
    double highest = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int place = 0; place < prices.length; place++) {
      highest = counts(place) ? Math.max(highest, prices[place]) : highest;
      lowest = counts(place) ? Math.min(lowest, prices[place]) : lowest;
    }
    return highest / lowest - 1;
  }

  /** Own over the mean of the others, less 1; NaN where there is none. */
  double premium() {
    if (!counts(OWN) || count() < 2) {
      return Double.NaN;
    }
    double others = 0;
    for (int place = 1; place < prices.length; place++) {
      others += counts(place) ? prices[place] : 0;
    }
    return prices[OWN] / (others / (count() - 1)) - 1;
  }

  /** Whether none that counts is lower: the venue to buy on. */
  boolean isLowest() {
    for (int place = 1; place < prices.length; place++) {
      if (counts(place) && prices[place] < prices[OWN]) {
        return false;
      }
    }
    return counts(OWN);
  }

  /** The instrument with the highest price that counts elsewhere, or null. */
  String dearest() {
    int dearest = OWN;
    for (int place = 1; place < prices.length; place++) {
      if (counts(place) && (dearest == OWN || prices[place] > prices[dearest])) {
        dearest = place;
      }
    }
    return dearest == OWN ? null : elsewhere.get(dearest - 1);
  }

  void into(double[] row, int at) {
    row[at] = spread();
    row[at + 1] = premium();
  }

  /** What it is stored under: other venues begin anew. */
  String key() {
    return "venue_spread " + elsewhere;
  }

  void state(StateTape tape) {
    tape.numbers(prices);
    tape.wholes(timesUs);
    nowUs = tape.whole(nowUs);
  }
}
