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
 * <p>Once a second lies behind the horizon no row within it can be asked for that ends inside it,
 * so that only its suffix maxima are kept: a handful of rows. A window of any length stays small,
 * and a checkpoint writes only the seconds that have changed. Of what lies beyond all windows only
 * a staircase of minutes is left, for stamps that go further back.
 */
final class PriceHistory {
  private static final long SECOND_US = 1_000_000L;
  private static final long MINUTE_US = 60_000_000L;
  private static final long DAY_US = 86_400_000_000L;

  private final long reachUs;
  private final long horizonUs;
  private final NavigableMap<Long, Second> seconds = new TreeMap<>();
  private final Set<Long> changed = new HashSet<>();
  private final DropWindow forgotten;
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
    private boolean isChanged;

    Second(long number) {
      this.number = number;
    }

    void add(long timeUs, double price) {
      max = Math.max(max, price);
      if (size > 0 && times[size - 1] == timeUs) {
        prices[size - 1] = Math.max(prices[size - 1], price);
        return;
      }
      if (size == times.length) {
        times = Arrays.copyOf(times, size * 2);
        prices = Arrays.copyOf(prices, size * 2);
      }
      times[size] = timeUs;
      prices[size++] = price;
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
      DropWindow stairs = new DropWindow(SECOND_US);
      for (int i = 0; i < size; i++) {
        stairs.add(times[i], prices[i]);
      }
      times = new long[stairs.size()];
      prices = new double[stairs.size()];
      size = 0;
      stairs.forEach(
          (timeUs, price) -> {
            times[size] = timeUs;
            prices[size++] = price;
          });
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
    this.forgotten = new DropWindow(reachUs + DAY_US);
  }

  boolean isBeyondHorizon(long timeUs) {
    return largestUs != Long.MIN_VALUE && timeUs < largestUs - horizonUs;
  }

  void add(long timeUs, double price) {
    long number = Math.floorDiv(timeUs, SECOND_US);
    largestUs = Math.max(largestUs, timeUs);
    if (newest == null || number > newest.number) {
      newest = new Second(number);
      seconds.put(number, newest);
      trim();
    }
    if (number == newest.number) {
      add(newest, timeUs, price);
    } else if (number < oldest()) {
      forgotten.add(endOfMinute(timeUs), price);
    } else {
      add(seconds.computeIfAbsent(number, Second::new), timeUs, price);
    }
  }

  private void add(Second second, long timeUs, double price) {
    second.add(timeUs, price);
    changed(second);
  }

  private void changed(Second second) {
    if (!second.isChanged) {
      second.isChanged = true;
      changed.add(second.number);
    }
  }

  private long oldest() {
    return Math.floorDiv(largestUs - reachUs, SECOND_US);
  }

  private static long endOfMinute(long timeUs) {
    return Math.floorDiv(timeUs, MINUTE_US) * MINUTE_US + MINUTE_US - 1;
  }

  private void trim() {
    long oldest = oldest();
    while (seconds.firstKey() < oldest) {
      Second gone = seconds.pollFirstEntry().getValue();
      changed.add(gone.number);
      forgotten.add(endOfMinute(gone.number * SECOND_US), gone.max);
    }
    long settled = Math.floorDiv(largestUs - horizonUs, SECOND_US);
    if (settled > settledBefore) {
      for (Second second : seconds.subMap(Math.max(settledBefore, oldest), settled).values()) {
        second.settle();
        changed(second);
      }
      settledBefore = settled;
    }
  }

  /**
   * The highest price from one time to another, both included; -infinity where there is none. Exact
   * up to the horizon; a time that lies further back is answered with later prices too, so that a
   * drop is never understated.
   */
  double max(long fromUs, long toUs) {
    double highest = isBeyondHorizon(toUs) ? forgotten.maxFrom(fromUs) : Double.NEGATIVE_INFINITY;
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

  /**
   * The seconds that have changed since the last call, by number, each as bytes; null for one that
   * is gone.
   */
  Map<Long, byte[]> takeChanged() {
    Map<Long, byte[]> pages = new TreeMap<>();
    for (Iterator<Long> numbers = changed.iterator(); numbers.hasNext(); numbers.remove()) {
      Long number = numbers.next();
      Second second = seconds.get(number);
      if (second != null) {
        second.isChanged = false;
      }
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

  /** The staircase of what lies beyond all windows. */
  void forEachForgotten(RowTaker taker) {
    forgotten.forEach(taker);
  }

  void restoreForgotten(long minuteUs, double max) {
    forgotten.add(minuteUs, max);
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
