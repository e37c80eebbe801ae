package io.sluice.sinks.files;

import java.io.IOException;
import java.nio.file.Path;

/** A part file lost lines that were safe on disk, or is in a format this build does not read. */
public final class DamagedPartException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedPartException(Path part, String what) {
    super("the part file " + part + " cannot be used: " + what);
  }
}
