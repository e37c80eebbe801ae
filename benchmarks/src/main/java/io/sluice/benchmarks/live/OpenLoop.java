package io.sluice.benchmarks.live;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Does the n-th action at its time, whatever became of the ones before: when a call takes long,
 * those that are due meanwhile follow at once. Who measures from {@link #dueNanos} therefore also
 * measures the waiting of what could not be sent in time.
 */
final class OpenLoop implements AutoCloseable {
  private final double perSecond;
  private final long grainNanos;
  private final long startNanos;
  private final LongConsumer action;
  private final Thread thread;
  private volatile long stopBefore;
  private volatile Throwable failure;

  private OpenLoop(String name, double perSecond, long count, Duration grain, LongConsumer action) {
    this.stopBefore = count;
    this.perSecond = perSecond;
    this.grainNanos = grain.toNanos();
    this.action = action;
    this.startNanos = System.nanoTime();
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * @param count how many actions; it stops by itself then
   * @param grain how long actions may be gathered to be done together; zero for none
   */
  static OpenLoop start(
      String name, double perSecond, long count, Duration grain, LongConsumer action) {
    OpenLoop loop = new OpenLoop(name, perSecond, count, grain, action);
    loop.thread.start();
    return loop;
  }

  private void run() {
    try {
      for (long n = 0; n < stopBefore; n++) {
        long early = dueNanos(n) - System.nanoTime();
        while (early > 0) {
          LockSupport.parkNanos(Math.max(early, grainNanos));
          early = dueNanos(n) - System.nanoTime();
        }
        action.accept(n);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** When the n-th action is due, on {@link System#nanoTime}'s clock. */
  long dueNanos(long n) {
    return startNanos + (long) (n * 1e9 / perSecond);
  }

  /** Waits until all actions have been done. */
  void finish() throws InterruptedException {
    thread.join();
    if (failure != null) {
      throw new IllegalStateException("the load " + thread.getName() + " broke off", failure);
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopBefore = 0;
    thread.join();
  }
}
