package io.sluice.cli.executor;

import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import java.math.BigDecimal;

/**
 * Something the executor says: a fill, an order status or an account snapshot.
 *
 * @param amendment the intent of the amendment that an order status is about, else null: an
 *     amendment that is about to be sent is announced by a status of its order, because one under
 *     its own id would mean that the venue has answered
 */
record Report(Message message, String amendment) {

  static Report of(Message message) {
    return new Report(message, null);
  }

  /** A status under the id of what was instructed. */
  static Report status(
      Instruction about,
      OrderStatus.Status status,
      BigDecimal cumQty,
      BigDecimal leavesQty,
      long nowUs) {
    return new Report(
        new OrderStatus(
            about.intentId(),
            about.account(),
            about.instrument(),
            status,
            cumQty,
            leavesQty,
            nowUs),
        about.action() == io.sluice.domain.wire.Action.AMEND ? about.intentId() : null);
  }
}
