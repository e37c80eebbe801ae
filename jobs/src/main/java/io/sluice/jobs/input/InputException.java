package io.sluice.jobs.input;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be read at all. The message is one line: which file, what is wrong, what to
 * do.
 */
public final class InputException extends IOException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  InputException(Path file, String wrong, String remedy) {
    this(file, wrong, remedy, null);
  }

  InputException(Path file, String wrong, String remedy, Throwable cause) {
    super(file + " " + wrong + "; " + remedy, cause);
  }
}
