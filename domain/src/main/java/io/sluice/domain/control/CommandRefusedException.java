package io.sluice.domain.control;

/** A command does not count; the message says why, to the person who gave it. */
public final class CommandRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandRefusedException(String why) {
    super(why);
  }
}
