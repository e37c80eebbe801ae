package io.sluice.domain.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * An account's books as they are kept in state: JSON, so that fields can be added from one version
 * to the next.
 */
public final class BookCodec {
  private BookCodec() {}

  /** All but the orders, which are stored one by one. */
  public static void write(AccountBook book, JsonWriter json) {
    json.beginObject().name("initialised").value(book.isInitialised());
    json.name("snapshot_us").value(book.hasSnapshot() ? (Long) book.snapshotUs() : null);
    json.name("cash").value(book.cash()).name("realised").value(book.realised());
    json.name("fees").value(book.fees()).name("start_equity").value(book.startEquity());
    json.name("losses_in_a_row").value(book.lossesInARow());
    json.name("halted_at_losses").value(book.haltedAtLosses());
    json.name("last_loss_us").value(book.lastLossUs()).name("track_record");
    write(book.trackRecord(), json);
    json.name("holdings").beginArray();
    for (Holding holding : book.holdings()) {
      json.beginObject().name("instrument").value(holding.instrument());
      json.name("qty")
          .value(holding.position().qty())
          .name("cost")
          .value(holding.position().cost());
      json.name("round_trip")
          .value(holding.roundTrip())
          .name("mark")
          .value(holding.mark())
          .name("awaits_first_value")
          .value(holding.awaitsFirstValue());
      json.name("stop_distance").value(holding.stopDistance()).name("best").value(holding.best());
      json.name("strategies");
      write(book.positions().quantities(holding.instrument()), json);
      json.endObject();
    }
    json.endArray().name("amended").beginObject();
    book.orders().amended().forEach((amendment, order) -> json.name(amendment).value(order));
    json.endObject().name("early_fills").beginArray();
    book.early().forEach(fill -> fill.write(json));
    json.endArray();
    Allocations allocations = book.allocations();
    if (!allocations.isEmpty()) {
      json.name("allocated_on").value(allocations.utcDay()).name("allocated");
      write(allocations.byStrategy(), json);
    }
    json.endObject();
  }

  private static void write(Map<String, BigDecimal> amounts, JsonWriter json) {
    json.beginObject();
    amounts.forEach((name, amount) -> json.name(name).value(amount));
    json.endObject();
  }

  private static Map<String, BigDecimal> amounts(JsonNode node) throws UnreadableException {
    Fields fields = new Fields((ObjectNode) node);
    Map<String, BigDecimal> amounts = new TreeMap<>();
    for (var amount : node.properties()) {
      amounts.put(amount.getKey(), fields.amount(amount.getKey()));
    }
    return amounts;
  }

  private static void write(TrackRecord record, JsonWriter json) {
    json.beginObject().name("round_trips").value(record.roundTrips()).name("won");
    json.value(record.won()).name("days").value(record.days()).name("returns");
    json.value(record.returns()).name("squares").value(record.squares()).endObject();
  }

  public static void write(Order order, JsonWriter json) {
    json.beginObject()
        .name("intent_id")
        .value(order.intentId())
        .name("live_id")
        .value(order.liveId());
    json.name("strategy").value(order.strategy()).name("instrument").value(order.instrument());
    json.name("side").value(order.side()).name("order_type").value(order.type());
    json.name("time_in_force").value(order.timeInForce()).name("qty").value(order.qty());
    json.name("limit_price").value(order.limitPrice()).name("price").value(order.price());
    json.name("reduce_only").value(order.reduceOnly());
    json.name("filled").value(order.filled()).name("cum").value(order.cum());
    json.name("terminal").value(order.terminal()).name("touched_us").value(order.touchedUs());
    json.name("amendment");
    Order.Amendment amendment = order.amendment();
    if (amendment == null) {
      json.nullValue();
    } else {
      json.beginObject()
          .name("intent_id")
          .value(amendment.intentId())
          .name("qty")
          .value(amendment.qty());
      json.name("limit_price")
          .value(amendment.limitPrice())
          .name("price")
          .value(amendment.price())
          .name("reduce_only")
          .value(amendment.reduceOnly())
          .endObject();
    }
    json.endObject();
  }

  /** Fills an empty book with what {@link #write} wrote. */
  public static void read(ObjectNode state, AccountBook book) throws UnreadableException {
    Fields fields = new Fields(state);
    Long snapshotUs = fields.optionalTime("snapshot_us");
    book.restore(
        fields.optionalFlag("initialised"),
        snapshotUs == null ? -1 : snapshotUs,
        fields.amount("cash"),
        fields.amount("realised"),
        fields.amount("fees"),
        fields.amount("start_equity"),
        new RunOfLosses(
            (int) fields.whole("losses_in_a_row"),
            (int) fields.whole("halted_at_losses"),
            fields.optionalTime("last_loss_us")));
    if (state.path("track_record") instanceof ObjectNode stored) {
      Fields record = new Fields(stored);
      book.restore(
          new TrackRecord(
              record.whole("round_trips"),
              record.whole("won"),
              record.whole("days"),
              record.amount("returns"),
              record.amount("squares")));
    }
    for (JsonNode node : fields.array("holdings")) {
      Fields holding = new Fields((ObjectNode) node);
      book.restoreHolding(
          holding.text("instrument"),
          new Position(holding.amount("qty"), holding.amount("cost")),
          holding.amount("round_trip"),
          holding.optionalAmount("mark"),
          holding.optionalFlag("awaits_first_value"));
      book.restoreExit(
          holding.text("instrument"),
          holding.optionalAmount("stop_distance"),
          holding.optionalAmount("best"));
      String instrument = holding.text("instrument");
      if (node.path("strategies").isObject()) {
        book.positions().restore(instrument, amounts(node.path("strategies")));
      } else {
        // Earlier builds did not keep whose a position is.
        book.positions().set(instrument, book.holding(instrument).position());
      }
    }
    // Earlier builds stored the orders here: placed anew, they move to where they are stored now.
    for (JsonNode node : fields.optionalArray("orders")) {
      book.orders().place(readOrder((ObjectNode) node));
    }
    if (state.path("allocated").isObject()) {
      long day = fields.whole("allocated_on");
      amounts(state.path("allocated"))
          .forEach((strategy, value) -> book.allocations().add(strategy, day, value));
    }
    Map<String, String> amended = new TreeMap<>();
    for (var amendment : fields.optionalObject("amended").properties()) {
      amended.put(amendment.getKey(), amendment.getValue().textValue());
    }
    book.orders().restoreAmended(amended);
    for (JsonNode fill : fields.array("early_fills")) {
      book.restoreEarly((Fill) WireReader.recorded((ObjectNode) fill));
    }
  }

  /** Reads an order that {@link #write(Order, JsonWriter)} wrote. */
  public static Order readOrder(ObjectNode state) throws UnreadableException {
    Fields fields = new Fields(state);
    JsonNode amendment = state.path("amendment");
    return new Order(
        fields.text("intent_id"),
        fields.text("live_id"),
        fields.optionalText("strategy"),
        fields.text("instrument"),
        fields.enumOf("side", Side.class),
        fields.enumOf("order_type", OrderType.class),
        fields.enumOf("time_in_force", TimeInForce.class),
        fields.amount("qty"),
        fields.optionalAmount("limit_price"),
        fields.amount("price"),
        fields.optionalFlag("reduce_only"),
        fields.amount("filled"),
        fields.amount("cum"),
        fields.optionalFlag("terminal"),
        amendment.isObject() ? amendment((ObjectNode) amendment) : null,
        fields.whole("touched_us"));
  }

  private static Order.Amendment amendment(ObjectNode state) throws UnreadableException {
    Fields fields = new Fields(state);
    return new Order.Amendment(
        fields.text("intent_id"),
        fields.amount("qty"),
        fields.optionalAmount("limit_price"),
        fields.amount("price"),
        fields.optionalFlag("reduce_only"));
  }
}
