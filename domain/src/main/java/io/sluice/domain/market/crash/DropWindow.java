package io.sluice.domain.market.crash;

/**
 * The highest price of the window that ends at the largest stamp, in constant time a row: a
 * staircase of prices, each dearer than every later one.
 */
final class DropWindow {
  private final long windowUs;
  private long[] times = new long[16];
  private double[] prices = new double[16];
  private int head;
  private int end;

  DropWindow(long windowUs) {
    this.windowUs = windowUs;
  }

  long windowUs() {
    return windowUs;
  }

  /** A row at or after the largest stamp so far. */
  void add(long timeUs, double price) {
    while (end > head && prices[end - 1] <= price) {
      end--;
    }
    if (end == times.length) {
      makeRoom();
    }
    times[end] = timeUs;
    prices[end++] = price;
    while (times[head] < timeUs - windowUs) {
      head++;
    }
  }

  /**
   * A row before the largest stamp so far: it counts for later windows unless a later row is at
   * least as dear.
   */
  void addLate(long timeUs, double price) {
    int at = end;
    while (at > head && times[at - 1] > timeUs) {
      at--;
    }
    if (at < end && prices[at] >= price) {
      return;
    }
    int from = at;
    while (from > head && prices[from - 1] <= price) {
      from--;
    }
    if (from < at) {
      times[from] = timeUs;
      prices[from] = price;
      System.arraycopy(times, at, times, from + 1, end - at);
      System.arraycopy(prices, at, prices, from + 1, end - at);
      end -= at - from - 1;
      return;
    }
    if (end == times.length) {
      int moved = head;
      makeRoom();
      at -= moved;
    }
    System.arraycopy(times, at, times, at + 1, end - at);
    System.arraycopy(prices, at, prices, at + 1, end - at);
    times[at] = timeUs;
    prices[at] = price;
    end++;
  }

  /** The highest price in the window, the newest row included. */
  double max() {
    return prices[head];
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
