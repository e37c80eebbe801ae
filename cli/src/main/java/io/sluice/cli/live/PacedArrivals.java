package io.sluice.cli.live;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * How long each of a known number of things took, by its number. A thing counts from when it was
 * due, not from when it was really sent: what waits behind a slow one waited too.
 */
final class PacedArrivals {
  private static final long OPEN = Long.MIN_VALUE;

  /** The first ones come at a fifth of the rate: what they go through is still being compiled. */
  private static final int WARM_UP_SLOWNESS = 5;

  private final long firstDueNanos;
  private final long everyNanos;
  private final int warmUp;
  private final AtomicLongArray tookNanos;

  /**
   * @param firstDueNanos when the first is due, by {@link System#nanoTime}
   * @param everyNanos time from one to the next, once warm
   * @param warmUp how many come slower at first
   */
  PacedArrivals(int count, long firstDueNanos, long everyNanos, int warmUp) {
    this.firstDueNanos = firstDueNanos;
    this.everyNanos = everyNanos;
    this.warmUp = warmUp;
    this.tookNanos = new AtomicLongArray(count);
    for (int i = 0; i < count; i++) {
      tookNanos.set(i, OPEN);
    }
  }

  int count() {
    return tookNanos.length();
  }

  /** When the n-th is due, by {@link System#nanoTime}. */
  long dueNanos(int number) {
    long slow = Math.min(number, warmUp) * (WARM_UP_SLOWNESS - 1L);
    return firstDueNanos + (number + slow) * everyNanos;
  }

  /** The n-th has come out; only the first time counts. */
  void arrived(int number, long nowNanos) {
    if (number >= 0 && number < tookNanos.length()) {
      tookNanos.compareAndSet(number, OPEN, nowNanos - dueNanos(number));
    }
  }

  /** How many have not come out. */
  int missing() {
    int missing = 0;
    for (int i = 0; i < tookNanos.length(); i++) {
      missing += tookNanos.get(i) == OPEN ? 1 : 0;
    }
    return missing;
  }

  /** Of those that have come out, without the first {@code skipped}. */
  Latencies latencies(int skipped) {
    return Latencies.ofNanos(
        IntStream.range(skipped, tookNanos.length())
            .mapToLong(tookNanos::get)
            .filter(took -> took != OPEN));
  }
}
