package io.sluice.domain.market.crash;

import java.util.Arrays;

/**
 * The highest price from a time on, in constant time a row: a staircase of prices, each dearer than
 * every later one, as far back as it is kept.
 */
final class DropWindow {
  private final long keptUs;
  private long[] times = new long[16];
  private double[] prices = new double[16];
  private int head;
  private int end;

  DropWindow(long keptUs) {
    this.keptUs = keptUs;
  }

  /** Takes a row in, wherever its stamp lies; one from before what is kept changes nothing. */
  void add(long timeUs, double price) {
    if (end > head && timeUs < times[end - 1]) {
      addLate(timeUs, price);
      return;
    }
    while (end > head && prices[end - 1] <= price) {
      end--;
    }
    if (end > head && times[end - 1] == timeUs) {
      return;
    }
    if (end == times.length) {
      makeRoom();
    }
    times[end] = timeUs;
    prices[end++] = price;
    while (times[head] < timeUs - keptUs) {
      head++;
    }
  }

  /** A row before the largest stamp counts unless one of its time or later is at least as dear. */
  private void addLate(long timeUs, double price) {
    if (timeUs < times[end - 1] - keptUs) {
      return;
    }
    int at = firstFrom(timeUs);
    if (at < end && prices[at] >= price) {
      return;
    }
    int after = at < end && times[at] == timeUs ? at + 1 : at;
    int from = at;
    while (from > head && prices[from - 1] <= price) {
      from--;
    }
    if (from == after) {
      if (end == times.length) {
        from -= head;
        after = from;
        makeRoom();
      }
      System.arraycopy(times, after, times, after + 1, end - after);
      System.arraycopy(prices, after, prices, after + 1, end - after);
      end++;
    } else {
      System.arraycopy(times, after, times, from + 1, end - after);
      System.arraycopy(prices, after, prices, from + 1, end - after);
      end -= after - from - 1;
    }
    times[from] = timeUs;
    prices[from] = price;
  }

  /** The highest price at or after a time; -infinity where there is none. */
  double maxFrom(long timeUs) {
    int first = firstFrom(timeUs);
    return first == end ? Double.NEGATIVE_INFINITY : prices[first];
  }

  /** Gives every step to the taker, in the order of time. */
  void forEach(RowTaker taker) {
    for (int i = head; i < end; i++) {
      taker.take(times[i], prices[i]);
    }
  }

  int size() {
    return end - head;
  }

  private int firstFrom(long timeUs) {
    if (head == end || times[head] >= timeUs) {
      return head;
    }
    int found = Arrays.binarySearch(times, head, end, timeUs);
    return found < 0 ? -found - 1 : found;
  }

  /**
   * Moves the staircase to the front of its arrays, and doubles them where it fills more than half.
   */
  private void makeRoom() {
    int size = end - head;
    int length = size > times.length / 2 ? times.length * 2 : times.length;
    long[] newTimes = new long[length];
    double[] newPrices = new double[length];
    System.arraycopy(times, head, newTimes, 0, size);
    System.arraycopy(prices, head, newPrices, 0, size);
    times = newTimes;
    prices = newPrices;
    head = 0;
    end = size;
  }
}
