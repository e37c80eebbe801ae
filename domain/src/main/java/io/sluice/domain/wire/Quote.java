package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * The best bid and ask of an instrument. A side that is absent is null, with its quantity.
 *
 * @param eventTimeUs the exchange's stamp, epoch microseconds
 * @param receiveTimeUs when it was received, epoch microseconds, or null
 * @param fundingRate of a perpetual what a long pays a short each funding interval, as a fraction
 *     of the position's value, or null where the sender does not say
 */
public record Quote(
    String instrument,
    BigDecimal bid,
    BigDecimal bidQty,
    BigDecimal ask,
    BigDecimal askQty,
    Long eventTimeUs,
    Long receiveTimeUs,
    BigDecimal fundingRate)
    implements Message {

  /** Without a funding rate. */
  public Quote(
      String instrument,
      BigDecimal bid,
      BigDecimal bidQty,
      BigDecimal ask,
      BigDecimal askQty,
      Long eventTimeUs,
      Long receiveTimeUs) {
    this(instrument, bid, bidQty, ask, askQty, eventTimeUs, receiveTimeUs, null);
  }

  @Override
  public Kind kind() {
    return Kind.QUOTE;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("quote").name("instrument").value(instrument);
    json.name("bid").value(bid).name("bid_qty").value(bidQty);
    json.name("ask").value(ask).name("ask_qty").value(askQty);
    json.name("event_time_us").value(eventTimeUs).name("receive_time_us").value(receiveTimeUs);
    if (fundingRate != null) {
      json.name("funding_rate").value(fundingRate);
    }
    json.endObject();
  }

  /**
   * The same as it looks to who saw it arrive then: neither stamp of the sender counts beyond that,
   * so that no sender's clock makes old data look fresh.
   */
  public Quote arrivedAt(long arrivalUs) {
    return new Quote(
        instrument,
        bid,
        bidQty,
        ask,
        askQty,
        Math.min(eventTimeUs, arrivalUs),
        receiveTimeUs == null ? arrivalUs : Math.min(receiveTimeUs, arrivalUs),
        fundingRate);
  }
}
