package io.sluice.operators.edge;

import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Row;

/**
 * What a bounded input gives: its start, rows, what could not be read, and its end. Exactly one of
 * row and dead letter is there, and none for start and end.
 *
 * @param number place in the total order: 0 for the start, and for the end one after the last row
 * @param clockUs the event clock, epoch microseconds
 * @param counts for the end canonical JSON of what was read, else null
 */
public record InputRecord(
    Kind kind, long number, long clockUs, Row row, DeadLetter deadLetter, byte[] counts) {
  /** What the record is. */
  public enum Kind {
    START,
    ROW,
    DEAD_LETTER,
    END
  }

  public static InputRecord start() {
    return new InputRecord(Kind.START, 0, 0, null, null, null);
  }

  public static InputRecord of(Row row) {
    return new InputRecord(Kind.ROW, row.number(), row.clockUs(), row, null, null);
  }

  public static InputRecord of(DeadLetter deadLetter, long number) {
    return new InputRecord(Kind.DEAD_LETTER, number, 0, null, deadLetter, null);
  }

  public static InputRecord end(long number, long clockUs, byte[] counts) {
    return new InputRecord(Kind.END, number, clockUs, null, null, counts);
  }
}
