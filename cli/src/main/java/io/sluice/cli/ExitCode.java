package io.sluice.cli;

/** What the command's exit tells the caller. */
final class ExitCode {
  static final int DONE = 0;

  /** The answer is no: a journal does not verify. */
  static final int NO = 1;

  static final int USAGE = 2;
  static final int UNREADABLE = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
