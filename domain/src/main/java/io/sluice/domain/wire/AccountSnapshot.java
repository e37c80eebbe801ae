package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;
import java.util.List;

/** Cash and positions of an account as the venue sees them. */
public record AccountSnapshot(
    String account, String currency, BigDecimal cash, List<Holding> positions, Long eventTimeUs)
    implements Message {

  public AccountSnapshot {
    positions = List.copyOf(positions);
  }

  /**
   * @param qty signed, below 0 for a short position
   * @param avgPrice at least 0, the average price at which the position was opened
   */
  public record Holding(String instrument, BigDecimal qty, BigDecimal avgPrice) {}

  @Override
  public Kind kind() {
    return Kind.ACCOUNT;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("account").name("account").value(account);
    json.name("currency").value(currency).name("cash").value(cash).name("positions").beginArray();
    for (Holding holding : positions) {
      json.beginObject()
          .name("instrument")
          .value(holding.instrument())
          .name("qty")
          .value(holding.qty());
      json.name("avg_price").value(holding.avgPrice()).endObject();
    }
    json.endArray().name("event_time_us").value(eventTimeUs).endObject();
  }
}
