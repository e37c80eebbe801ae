package io.sluice.jobs.replay;

import java.io.IOException;

/**
 * A replay that cannot start or go on because of how it was called; one line that says what to do.
 */
public final class ReplayException extends IOException {
  private static final long serialVersionUID = 1L;

  public ReplayException(String message) {
    super(message);
  }
}
