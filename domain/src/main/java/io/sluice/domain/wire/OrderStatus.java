package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * What the venue says of an order.
 *
 * @param cumQty filled so far, at least 0
 * @param leavesQty still open, at least 0
 */
public record OrderStatus(
    String intentId,
    String account,
    String instrument,
    Status status,
    BigDecimal cumQty,
    BigDecimal leavesQty,
    Long eventTimeUs)
    implements Message {

  /** ACKED is working; the others are the end of the order. */
  public enum Status {
    ACKED,
    REJECTED,
    CANCELLED,
    EXPIRED,
    DONE;

    public boolean isTerminal() {
      return this != ACKED;
    }
  }

  @Override
  public Kind kind() {
    return Kind.ORDER;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("order").name("intent_id").value(intentId);
    json.name("account").value(account).name("instrument").value(instrument);
    json.name("status")
        .value(status)
        .name("cum_qty")
        .value(cumQty)
        .name("leaves_qty")
        .value(leavesQty);
    json.name("event_time_us").value(eventTimeUs).endObject();
  }
}
