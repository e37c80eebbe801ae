package io.sluice.domain.market;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;

/**
 * How much of an instrument there is to trade with.
 *
 * @param bidQty what the newest quote bids for, or null where it does not say
 * @param askQty what it asks for, or null
 * @param hourVolume the quantity traded in the last hour, by minutes of the front's clock
 * @param dayVolume the quantity traded in the last 24 hours, by hours of the front's clock
 */
public record Liquidity(
    BigDecimal bidQty, BigDecimal askQty, BigDecimal hourVolume, BigDecimal dayVolume) {
  void write(JsonWriter json) {
    json.beginObject().name("bid_qty").value(bidQty).name("ask_qty").value(askQty);
    json.name("hour_volume").value(hourVolume).name("day_volume").value(dayVolume).endObject();
  }

  static Liquidity read(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    return new Liquidity(
        fields.optionalNotNegative("bid_qty"),
        fields.optionalNotNegative("ask_qty"),
        fields.amount("hour_volume"),
        fields.amount("day_volume"));
  }
}
