package io.sluice.sinks.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Two different lines claim one place in a file: what was emitted again was not the same bytes. */
public final class OutputConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BYTES = 200;

  OutputConflictException(OutputLine one, OutputLine other) {
    super(
        "%s has two different lines under the key %s, from byte %d on: %s and %s"
            .formatted(
                one.file().fileName(),
                SortKey.describe(one.key()),
                firstDifference(one, other),
                excerpt(one, other),
                excerpt(other, one)));
  }

  private static int firstDifference(OutputLine one, OutputLine other) {
    return Arrays.mismatch(one.line(), other.line());
  }

  private static String excerpt(OutputLine line, OutputLine other) {
    int from = Math.max(0, firstDifference(line, other) - SHOWN_BYTES / 2);
    int length = Math.min(SHOWN_BYTES, line.line().length - from);
    return new String(line.line(), from, Math.max(0, length), StandardCharsets.UTF_8);
  }
}
