package io.sluice.jobs.input;

import io.sluice.domain.wire.DeadLetter;
import java.io.Closeable;

/** The lines of an input one after the other, each as a range of an array. */
interface Lines extends Closeable {
  /** Goes to the next line; false at the end of the input, however often it is asked. */
  boolean next() throws InputException;

  /** The array that holds the line; {@link #next()} may overwrite it. */
  byte[] bytes();

  /** Where in {@link #bytes()} the line begins. */
  int from();

  /** Where in {@link #bytes()} the line ends, without its line end. */
  int to();

  /** Whether the line was longer than 64 KiB; then only the first 64 KiB are there. */
  boolean isTooLong();

  /** Why there is nothing to read in the line, or null where there is. */
  default String defect() {
    if (isTooLong()) {
      return "a line longer than " + DeadLetter.MAX_KEPT_BYTES + " bytes";
    }
    return isBlank() ? "an empty line" : null;
  }

  /** What causes name the line by: its number in a file, from 1; its offset in a partition. */
  long number();

  /** How many lines were taken, those before an earlier run stopped counted. */
  long taken();

  /** Where to go on behind the line: unpacked bytes of a file, an offset of a partition. */
  long offset();

  /** Whether the line has nothing but spaces. */
  default boolean isBlank() {
    byte[] bytes = bytes();
    int to = to();
    for (int i = from(); i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
