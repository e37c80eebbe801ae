package io.sluice.operators;

import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Row;
import io.sluice.operators.edge.GateOutput;

/**
 * What becomes of a row on which an operator fails: it would fail on it again after every restart,
 * so that it is left out and kept as a dead letter.
 */
final class LeftOut {
  private static final byte[] NOTHING = {};

  private LeftOut() {}

  /**
   * @param by who fails on it, for the reason
   */
  static GateOutput of(Row row, String by, RuntimeException why) {
    return GateOutput.of(
        DeadLetter.of(
            row.cause().source(),
            row.cause().partition(),
            row.cause().offset(),
            by + " cannot take it in: " + reason(why),
            null,
            bytes(row)));
  }

  static String reason(RuntimeException why) {
    return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
  }

  /** The message as it is written; the record itself stands in its topic. */
  private static byte[] bytes(Row row) {
    try {
      return row.message().toJson();
    } catch (RuntimeException unwritable) {
      return NOTHING;
    }
  }
}
