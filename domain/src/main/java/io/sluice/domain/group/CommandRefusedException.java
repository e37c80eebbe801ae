package io.sluice.domain.group;

/** A command does not count; the message says why, to the person who gave it. */
final class CommandRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandRefusedException(String why) {
    super(why);
  }
}
