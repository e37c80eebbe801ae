package io.sluice.domain.control;

/** What a command has put in force, from one time to another. */
public interface Timed {
  String commandId();

  /** Epoch microseconds. */
  long fromUs();

  /** Epoch microseconds, the first at which it is over; Long.MAX_VALUE for never. */
  long untilUs();

  default boolean isInEffect(long nowUs) {
    return fromUs() <= nowUs && nowUs < untilUs();
  }
}
