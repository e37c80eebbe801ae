package io.sluice.jobs.kafka;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is waited for while somebody waits, from some seconds on and again from time to time.
 * The command line shows what is logged under this class's name and nothing else of a log.
 */
final class Waiting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
  private static final Duration UNSAID = Duration.ofSeconds(5);

  private final Duration unsaid;
  private final Supplier<String> reason;
  private final Consumer<String> said;
  private final Thread thread;
  private volatile long sinceNanos = System.nanoTime();

  /**
   * @param unsaid how long nothing is said, and between one time and the next
   * @param reason asked from a thread of its own when it is to be said
   */
  Waiting(Duration unsaid, Supplier<String> reason, Consumer<String> said) {
    this.unsaid = unsaid;
    this.reason = reason;
    this.said = said;
    this.thread = new Thread(this::watch, "waiting-for-kafka");
    thread.setDaemon(true);
    thread.start();
  }

  /** Says so in the log. */
  static Waiting on(Supplier<String> reason) {
    return new Waiting(UNSAID, reason, LOG::warn);
  }

  /** Something has come: the wait begins anew. */
  void progressed() {
    sinceNanos = System.nanoTime();
  }

  /** How long nothing has come. */
  Duration sofar() {
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  private void watch() {
    try {
      while (true) {
        Duration left = unsaid.minus(sofar());
        if (left.toNanos() > 0) {
          Thread.sleep(left.toMillis() + 1);
          continue;
        }
        long asked = sinceNanos;
        String why = reason.get();
        if (asked == sinceNanos && !thread.isInterrupted()) {
          said.accept(why + " (waiting since " + sofar().toSeconds() + " s)");
        }
        Thread.sleep(unsaid.toMillis());
      }
    } catch (InterruptedException over) {
      // Nobody waits any more.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
