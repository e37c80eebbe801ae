package io.sluice.cli.live;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * How long a gate under a steady flow said nothing after something had been killed.
 *
 * @param silence the longest time between two decisions
 * @param recovery from the kill to the decision that ended it
 */
record Outage(Duration silence, Duration recovery) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Decisions that follow each other so closely are no recovery, they are the flow. */
  private static final Duration FLOW = Duration.ofMillis(500);

  private static final int ENOUGH = 50;
  private static final long POLL_NANOS = 10_000_000L;

  interface Fault {
    void happen() throws Exception;
  }

  /**
   * Lets it happen, and watches until the gate answers again.
   *
   * @param decisions how many there are now
   * @param atLeast for how long: what is killed may be missed only when it is next asked for
   */
  static Outage of(Fault fault, IntSupplier decisions, Duration atLeast) throws Exception {
    long killed = System.nanoTime();
    fault.happen();
    int count = decisions.getAsInt();
    int atRecovery = count;
    long last = killed;
    Outage longest = new Outage(Duration.ZERO, Duration.ZERO);
    while (true) {
      long now = System.nanoTime();
      if (decisions.getAsInt() > count) {
        count = decisions.getAsInt();
        if (now - last > longest.silence().toNanos()) {
          longest = new Outage(Duration.ofNanos(now - last), Duration.ofNanos(now - killed));
          atRecovery = count;
        }
        last = now;
      }
      boolean isFlowing = now - last < FLOW.toNanos() && count - atRecovery >= ENOUGH;
      if (isFlowing && now - killed > atLeast.toNanos()) {
        return longest;
      }
      if (now - killed > PATIENCE.toNanos()) {
        throw new AssertionError("no decision for long after the fault; so far " + longest);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public String toString() {
    return "no decision for %.1f s, deciding again after %.1f s"
        .formatted(silence.toMillis() / 1e3, recovery.toMillis() / 1e3);
  }
}
