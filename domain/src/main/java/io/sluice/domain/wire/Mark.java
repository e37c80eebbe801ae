package io.sluice.domain.wire;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * The price a position in an instrument is valued at now.
 *
 * @param last the price of the newest trade
 * @param high the highest price since the last mark, at least {@code last}
 * @param low the lowest price since the last mark, at most {@code last}
 * @param crashed whether a crash rule is active on the instrument
 * @param slotUs the start of the one-second slot it belongs to, epoch microseconds
 * @param ordinal counts the marks of a slot, from 1; 0 where an intent's snapshot stands in for a
 *     first mark
 * @param sigmaDaily the volatility of the instrument scaled to a day, or null before it is warm
 */
public record Mark(
    String instrument,
    BigDecimal last,
    BigDecimal high,
    BigDecimal low,
    Long eventTimeUs,
    Long receiveTimeUs,
    boolean crashed,
    long slotUs,
    int ordinal,
    Double sigmaDaily)
    implements Message {

  public Mark {
    sigmaDaily = Decimals.finite(sigmaDaily);
  }

  /** Without volatility. */
  public Mark(
      String instrument,
      BigDecimal last,
      BigDecimal high,
      BigDecimal low,
      Long eventTimeUs,
      Long receiveTimeUs,
      boolean crashed,
      long slotUs,
      int ordinal) {
    this(instrument, last, high, low, eventTimeUs, receiveTimeUs, crashed, slotUs, ordinal, null);
  }

  @Override
  public Kind kind() {
    return Kind.MARK;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("mark").name("instrument").value(instrument);
    json.name("last").value(last).name("high").value(high).name("low").value(low);
    json.name("event_time_us").value(eventTimeUs).name("receive_time_us").value(receiveTimeUs);
    json.name("crashed")
        .value(crashed)
        .name("slot_us")
        .value(slotUs)
        .name("ordinal")
        .value(ordinal);
    if (sigmaDaily != null) {
      json.name("sigma_daily").value(sigmaDaily);
    }
    json.endObject();
  }
}
