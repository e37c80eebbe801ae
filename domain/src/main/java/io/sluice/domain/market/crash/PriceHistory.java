package io.sluice.domain.market.crash;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The prices of an instrument by the second of their event time, as far back as any window and the
 * lateness horizon reach. Stamps may go backward by up to the horizon and are answered exactly.
 *
 * <p>Once a second lies behind the horizon no row can be asked for that ends inside it, so that
 * only its suffix maxima are kept: a handful of rows. A window of any length stays small, and a
 * checkpoint writes only the seconds that have changed.
 */
final class PriceHistory {
  private static final long SECOND_US = 1_000_000L;

  private final long reachUs;
  private final long horizonUs;
  private final NavigableMap<Long, Second> seconds = new TreeMap<>();
  private final Set<Long> changed = new HashSet<>();
  private Second newest;
  private long largestUs = Long.MIN_VALUE;
  private long settledBefore = Long.MIN_VALUE;

  /**
   * The rows of one second in the order in which they came; its suffix maxima by time once it has
   * settled.
   */
  private static final class Second {
    private final long number;
    private long[] times = new long[8];
    private double[] prices = new double[8];
    private int size;
    private double max = Double.NEGATIVE_INFINITY;
    private boolean isSettled;

    Second(long number) {
      this.number = number;
    }

    void add(long timeUs, double price) {
      if (size == times.length) {
        times = Arrays.copyOf(times, size * 2);
        prices = Arrays.copyOf(prices, size * 2);
      }
      times[size] = timeUs;
      prices[size++] = price;
      max = Math.max(max, price);
    }

    /**
     * The highest price from one time to another, both included; a settled second answers for all
     * of its later rows.
     */
    double max(long fromUs, long toUs) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        if (times[i] >= fromUs && (isSettled || times[i] <= toUs)) {
          highest = Math.max(highest, prices[i]);
        }
      }
      return highest;
    }

    /** Keeps the rows that are dearer than every later one. */
    void settle() {
      Integer[] byTime = new Integer[size];
      Arrays.setAll(byTime, i -> i);
      Arrays.sort(
          byTime,
          (a, b) ->
              times[a] != times[b]
                  ? Long.compare(times[b], times[a])
                  : Double.compare(prices[b], prices[a]));
      long[] keptTimes = new long[size];
      double[] keptPrices = new double[size];
      int kept = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int i : byTime) {
        if (prices[i] > highest) {
          highest = prices[i];
          keptTimes[kept] = times[i];
          keptPrices[kept++] = prices[i];
        }
      }
      times = Arrays.copyOf(keptTimes, Math.max(kept, 1));
      prices = Arrays.copyOf(keptPrices, Math.max(kept, 1));
      size = kept;
      isSettled = true;
    }
  }

  /**
   * @param longestWindowUs the longest window that is asked for, microseconds
   * @param horizonUs how far a stamp may lie behind the largest and still be answered exactly,
   *     microseconds
   */
  PriceHistory(long longestWindowUs, long horizonUs) {
    this.reachUs = longestWindowUs + horizonUs;
    this.horizonUs = horizonUs;
  }

  /** The largest stamp so far. */
  long largestUs() {
    return largestUs;
  }

  boolean isBeyondHorizon(long timeUs) {
    return timeUs < largestUs - horizonUs;
  }

  void add(long timeUs, double price) {
    long number = Math.floorDiv(timeUs, SECOND_US);
    largestUs = Math.max(largestUs, timeUs);
    if (newest == null || number != newest.number) {
      Second second = seconds.get(number);
      if (second == null) {
        second = new Second(number);
        seconds.put(number, second);
        trim();
      }
      if (newest == null || number > newest.number) {
        newest = second;
      }
      second.add(timeUs, price);
    } else {
      newest.add(timeUs, price);
    }
    changed.add(number);
  }

  private void trim() {
    long oldest = Math.floorDiv(largestUs - reachUs, SECOND_US);
    while (seconds.firstKey() < oldest) {
      changed.add(seconds.pollFirstEntry().getKey());
    }
    long settled = Math.floorDiv(largestUs - horizonUs, SECOND_US);
    if (settled > settledBefore) {
      for (Second second : seconds.subMap(Math.max(settledBefore, oldest), settled).values()) {
        second.settle();
        changed.add(second.number);
      }
      settledBefore = settled;
    }
  }

  /**
   * The highest price from one time to another, both included; -infinity where there is none. Exact
   * up to the horizon; a time that lies further back is answered with the rest of its second too,
   * so that a drop is never understated.
   */
  double max(long fromUs, long toUs) {
    double highest = Double.NEGATIVE_INFINITY;
    long first = Math.floorDiv(fromUs, SECOND_US);
    long last = Math.floorDiv(toUs, SECOND_US);
    for (Second second : seconds.subMap(first, true, last, true).values()) {
      boolean isWhole = second.number > first && second.number < last;
      highest = Math.max(highest, isWhole ? second.max : second.max(fromUs, toUs));
    }
    return highest;
  }

  /** Gives every row from a time on to the taker, second by second. */
  void forEachFrom(long fromUs, RowTaker taker) {
    for (Second second : seconds.tailMap(Math.floorDiv(fromUs, SECOND_US), true).values()) {
      for (int i = 0; i < second.size; i++) {
        taker.take(second.times[i], second.prices[i]);
      }
    }
  }

  /** Takes rows. */
  interface RowTaker {
    void take(long timeUs, double price);
  }

  /**
   * The seconds that have changed since the last call, by number, each as bytes; null for one that
   * is gone.
   */
  Map<Long, byte[]> takeChanged() {
    Map<Long, byte[]> pages = new TreeMap<>();
    for (Iterator<Long> numbers = changed.iterator(); numbers.hasNext(); numbers.remove()) {
      Long number = numbers.next();
      Second second = seconds.get(number);
      pages.put(number, second == null ? null : bytes(second));
    }
    return pages;
  }

  private static byte[] bytes(Second second) {
    ByteBuffer buffer = ByteBuffer.allocate(2 + second.size * 16);
    buffer.put((byte) 1).put((byte) (second.isSettled ? 1 : 0));
    for (int i = 0; i < second.size; i++) {
      buffer.putLong(second.times[i]).putDouble(second.prices[i]);
    }
    return buffer.array();
  }

  /** Puts a second back; the largest stamp and what has settled follow from all of them. */
  void restore(long number, byte[] page) {
    ByteBuffer buffer = ByteBuffer.wrap(page);
    int version = buffer.get();
    if (version != 1) {
      throw new IllegalStateException("a price page of version " + version + ", expected 1");
    }
    Second second = new Second(number);
    second.isSettled = buffer.get() == 1;
    while (buffer.hasRemaining()) {
      long timeUs = buffer.getLong();
      second.add(timeUs, buffer.getDouble());
      largestUs = Math.max(largestUs, timeUs);
    }
    seconds.put(number, second);
    newest = seconds.lastEntry().getValue();
    settledBefore = Math.floorDiv(largestUs - horizonUs, SECOND_US);
  }
}
