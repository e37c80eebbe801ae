package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * A public trade.
 *
 * @param instrument symbol on a venue, {@code BINANCE:BTCUSDT}
 * @param tradeId the venue's id, or null
 * @param price above 0
 * @param qty at least 0, in the instrument's base unit
 * @param eventTimeUs the exchange's stamp, epoch microseconds
 * @param receiveTimeUs when it was received, epoch microseconds, or null
 */
public record Trade(
    String instrument,
    String tradeId,
    BigDecimal price,
    BigDecimal qty,
    Aggressor aggressor,
    Long eventTimeUs,
    Long receiveTimeUs)
    implements Message {

  @Override
  public Kind kind() {
    return Kind.TRADE;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("trade").name("instrument").value(instrument);
    json.name("trade_id").value(tradeId).name("price").value(price).name("qty").value(qty);
    json.name("aggressor").value(aggressor).name("event_time_us").value(eventTimeUs);
    json.name("receive_time_us").value(receiveTimeUs).endObject();
  }

  /**
   * The same as it looks to who saw it arrive then: neither stamp of the sender counts beyond that,
   * so that no sender's clock makes old data look fresh.
   */
  public Trade arrivedAt(long arrivalUs) {
    return new Trade(
        instrument,
        tradeId,
        price,
        qty,
        aggressor,
        Math.min(eventTimeUs, arrivalUs),
        receiveTimeUs == null ? arrivalUs : Math.min(receiveTimeUs, arrivalUs));
  }
}
