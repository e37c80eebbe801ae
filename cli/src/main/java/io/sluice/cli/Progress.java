package io.sluice.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Says now and then how far a long piece of work has come: on a terminal on one line, else every
 * ten seconds.
 */
final class Progress {
  private static final long QUIET_SECONDS = 10;

  private final String what;
  private final PrintWriter err;
  private final boolean isTerminal = System.console() != null;
  private final long startedNanos = System.nanoTime();
  private long lastShown;
  private boolean hasLine;

  Progress(String what, PrintWriter err) {
    this.what = what;
    this.err = err;
  }

  void rows(long rows) {
    long seconds = elapsed().toSeconds();
    if (isTerminal) {
      err.printf(Locale.ROOT, "\r%s: %,d rows, %d s", what, rows, seconds);
      err.flush();
      hasLine = true;
    } else if (seconds - lastShown >= QUIET_SECONDS) {
      lastShown = seconds;
      err.printf(Locale.ROOT, "%s: %,d rows, %d s%n", what, rows, seconds);
      err.flush();
    }
  }

  void done() {
    if (hasLine) {
      err.print("\r\033[K");
      err.flush();
    }
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
