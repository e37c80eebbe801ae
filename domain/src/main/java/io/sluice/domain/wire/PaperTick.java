package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * What the market did to a watched intent, whatever its verdict was.
 *
 * @param intentId the intent that was watched
 * @param price the price of the trade that fills it; null unless FILLED
 * @param qty the quantity of that trade, for the record; null unless FILLED
 * @param eventTimeUs the front's stamp of the row that ended the watch, epoch microseconds
 */
public record PaperTick(
    String intentId,
    String account,
    String instrument,
    Status status,
    BigDecimal price,
    BigDecimal qty,
    Long eventTimeUs)
    implements Message {
  /** How a watch ends. */
  public enum Status {
    FILLED,
    EXPIRED,
    CANCELLED
  }

  @Override
  public Kind kind() {
    return Kind.PAPER_TICK;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("paper_tick").name("intent_id").value(intentId);
    json.name("account")
        .value(account)
        .name("instrument")
        .value(instrument)
        .name("status")
        .value(status);
    json.name("price")
        .value(price)
        .name("qty")
        .value(qty)
        .name("event_time_us")
        .value(eventTimeUs)
        .endObject();
  }
}
