package io.sluice.cli.live;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long each of a known number of things took, by its number. A thing counts from when it was
 * due, not from when it was really sent: what waits behind a slow one waited too.
 */
public final class Latencies {
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
  public Latencies(int count, long firstDueNanos, long everyNanos, int warmUp) {
    this.firstDueNanos = firstDueNanos;
    this.everyNanos = everyNanos;
    this.warmUp = warmUp;
    this.tookNanos = new AtomicLongArray(count);
    for (int i = 0; i < count; i++) {
      tookNanos.set(i, OPEN);
    }
  }

  public int count() {
    return tookNanos.length();
  }

  /** When the n-th is due, by {@link System#nanoTime}. */
  public long dueNanos(int number) {
    long slow = Math.min(number, warmUp) * (WARM_UP_SLOWNESS - 1L);
    return firstDueNanos + (number + slow) * everyNanos;
  }

  /** The n-th has come out; only the first time counts. */
  public void arrived(int number, long nowNanos) {
    if (number >= 0 && number < tookNanos.length()) {
      tookNanos.compareAndSet(number, OPEN, nowNanos - dueNanos(number));
    }
  }

  /** How many have not come out. */
  public int missing() {
    int missing = 0;
    for (int i = 0; i < tookNanos.length(); i++) {
      missing += tookNanos.get(i) == OPEN ? 1 : 0;
    }
    return missing;
  }

  /**
   * Quantiles in milliseconds.
   *
   * @param count how many they are of
   */
  public record Quantiles(int count, double p50, double p99, double max) {}

  /** Of those that have come out, without the first {@code skipped}. */
  public Quantiles quantiles(int skipped) {
    long[] sorted = new long[tookNanos.length()];
    int count = 0;
    for (int i = skipped; i < tookNanos.length(); i++) {
      if (tookNanos.get(i) != OPEN) {
        sorted[count++] = tookNanos.get(i);
      }
    }
    sorted = Arrays.copyOf(sorted, count);
    Arrays.sort(sorted);
    return count == 0
        ? new Quantiles(0, Double.NaN, Double.NaN, Double.NaN)
        : new Quantiles(count, at(sorted, 0.5), at(sorted, 0.99), sorted[count - 1] / 1e6);
  }

  private static double at(long[] sorted, double quantile) {
    int rank = (int) Math.ceil(quantile * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
