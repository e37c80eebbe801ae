package io.sluice.domain.wire;

import io.sluice.domain.journal.Cause;

/**
 * A message in the order in which the front sees it.
 *
 * @param message what was read
 * @param cause where it was read, with sub 0
 * @param number its place in the total order, from 1
 * @param orderTimeUs the front's stamp, epoch microseconds: monotone over all rows
 * @param clockUs the event clock when the row has been counted in, epoch microseconds: the largest
 *     order time of a trusted trade or quote so far, 0 before the first
 */
public record Row(Message message, Cause cause, long number, long orderTimeUs, long clockUs) {
  /** The same row with another message. */
  public Row with(Message other) {
    return new Row(other, cause, number, orderTimeUs, clockUs);
  }

  /** The same row, stamped no earlier than that. */
  public Row notBefore(long us) {
    return us <= orderTimeUs ? this : new Row(message, cause, number, us, clockUs);
  }
}
