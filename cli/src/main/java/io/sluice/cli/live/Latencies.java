package io.sluice.cli.live;

import java.util.stream.LongStream;

/** How long things took: all of them are kept, so that every percentile is exact. */
public final class Latencies {
  private final long[] sortedNanos;

  private Latencies(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  public static Latencies ofNanos(LongStream nanos) {
    return new Latencies(nanos.sorted().toArray());
  }

  public int count() {
    return sortedNanos.length;
  }

  /**
   * @param share of all that took at most that long, above 0, 1 for the longest
   * @return milliseconds, NaN where there are none
   */
  public double ms(double share) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, rank)] / 1e6;
  }
}
