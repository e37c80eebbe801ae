package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * An execution that the execution side reports.
 *
 * @param intentId the intent it belongs to, or null for a trade made elsewhere
 * @param qty above 0
 * @param price above 0
 * @param fee in {@code feeCurrency}; negative for a rebate
 * @param eventTimeUs the venue's stamp, epoch microseconds
 */
public record Fill(
    String fillId,
    String intentId,
    String account,
    String strategy,
    String instrument,
    Side side,
    BigDecimal qty,
    BigDecimal price,
    BigDecimal fee,
    String feeCurrency,
    Long eventTimeUs)
    implements Message {

  @Override
  public Kind kind() {
    return Kind.FILL;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("fill").name("fill_id").value(fillId);
    json.name("intent_id").value(intentId).name("account").value(account);
    json.name("strategy").value(strategy).name("instrument").value(instrument);
    json.name("side").value(side).name("qty").value(qty).name("price").value(price);
    json.name("fee").value(fee).name("fee_currency").value(feeCurrency);
    json.name("event_time_us").value(eventTimeUs).endObject();
  }
}
