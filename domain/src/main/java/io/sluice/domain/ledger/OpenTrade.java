package io.sluice.domain.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.account.Position;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;

/**
 * A round trip that is not over.
 *
 * @param strategy of the order that opened it
 * @param position as it is now, never flat
 * @param opened all that was opened in the course of it, without sign, and what it cost
 * @param closed what was closed of it, without sign, and what it brought
 * @param gross profit realised so far
 * @param fees so far
 */
record OpenTrade(
    String strategy,
    long openedUs,
    Position position,
    Position opened,
    Position closed,
    BigDecimal gross,
    BigDecimal fees) {

  static OpenTrade at(Position position, String strategy, long gateTimeUs) {
    return new OpenTrade(
        strategy,
        gateTimeUs,
        position,
        new Position(position.qty().abs(), position.cost().abs()),
        Position.FLAT,
        BigDecimal.ZERO,
        BigDecimal.ZERO);
  }

  /** The same after the fee of the fill that opened it. */
  OpenTrade paid(BigDecimal fee) {
    return new OpenTrade(strategy, openedUs, position, opened, closed, gross, fees.add(fee));
  }

  boolean isLong() {
    return position.qty().signum() > 0;
  }

  /**
   * The trade after a fill that left it open.
   *
   * @param price of the fill
   */
  OpenTrade filled(Position after, BigDecimal price, BigDecimal profit, BigDecimal fee) {
    BigDecimal change = after.qty().subtract(position.qty());
    boolean adds = change.signum() == position.qty().signum();
    return new OpenTrade(
        strategy,
        openedUs,
        after,
        adds ? plus(opened, change, price) : opened,
        adds ? closed : plus(closed, change, price),
        gross.add(profit),
        fees.add(fee));
  }

  private static Position plus(Position sum, BigDecimal change, BigDecimal price) {
    BigDecimal qty = change.abs();
    return new Position(sum.qty().add(qty), sum.cost().add(qty.multiply(price)));
  }

  /**
   * The trade as the fill closed it.
   *
   * @param price of the fill
   */
  ClosedTrade closedBy(
      BigDecimal price, BigDecimal profit, BigDecimal fee, Place place, long gateTimeUs) {
    Position out = plus(closed, position.qty(), price);
    return new ClosedTrade(
        place.group(),
        place.account(),
        place.instrument(),
        strategy,
        place.seq(),
        isLong(),
        openedUs,
        gateTimeUs,
        opened.qty(),
        opened.averagePrice(),
        out.averagePrice(),
        gross.add(profit),
        fees.add(fee));
  }

  /** Whose trade it is, and which line closed it. */
  record Place(String group, String account, String instrument, long seq) {}

  void write(JsonWriter json) {
    json.beginObject().name("strategy").value(strategy).name("opened_us").value(openedUs);
    write(json.name("position"), position);
    write(json.name("opened"), opened);
    write(json.name("closed"), closed);
    json.name("gross").value(gross).name("fees").value(fees).endObject();
  }

  private static void write(JsonWriter json, Position position) {
    json.beginObject().name("qty").value(position.qty());
    json.name("cost").value(position.cost()).endObject();
  }

  static OpenTrade read(JsonNode node) throws UnreadableException {
    Fields fields = Ledger.fields(node);
    return new OpenTrade(
        fields.text("strategy"),
        fields.whole("opened_us"),
        position(node.path("position")),
        position(node.path("opened")),
        position(node.path("closed")),
        fields.amount("gross"),
        fields.amount("fees"));
  }

  private static Position position(JsonNode node) throws UnreadableException {
    Fields fields = Ledger.fields(node);
    return new Position(fields.amount("qty"), fields.amount("cost"));
  }

  /**
   * The price of the fill that lies between two positions.
   *
   * @param realised profit of the part that was closed, in price units times quantity
   */
  static BigDecimal price(Position before, Position after, BigDecimal realised) {
    BigDecimal value = after.cost().subtract(before.cost()).subtract(realised);
    return Decimals.divide(value, after.qty().subtract(before.qty()));
  }
}
