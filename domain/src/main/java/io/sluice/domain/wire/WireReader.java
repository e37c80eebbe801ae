package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.AccountSnapshot.Holding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads lines of the wire. Unknown fields are ignored; a line that cannot be read says which field
 * and why.
 */
public final class WireReader {
  private WireReader() {}

  /**
   * Reads a line of whatever type it names.
   *
   * @throws UnreadableException with the field, what stood there and what was expected
   */
  public static Message read(byte[] line) throws UnreadableException {
    Message hot = MarketDataReader.tryRead(line);
    return hot != null ? hot : of(StrictJson.object(line));
  }

  /** Reads an object that was parsed before, of whatever type it names. */
  public static Message of(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    String type = fields.text("type");
    return switch (type) {
      case "trade" -> trade(fields);
      case "quote" -> quote(fields);
      case "intent" -> IntentReader.read(object);
      case "fill" -> fill(fields);
      case "order" -> order(fields);
      case "account" -> account(fields);
      case "venue" -> venue(fields);
      case "control" -> CommandReader.read(object);
      default ->
          throw new UnreadableException(
              "type is \""
                  + Fields.cut(type)
                  + "\", expected trade, quote, intent, fill, order, account, venue"
                  + " or control",
              "type");
    };
  }

  /**
   * Reads a message back that was recorded by Sluice itself: everything {@link #of} reads, the
   * messages made inside, and an intent's kept defect.
   */
  public static Message recorded(ObjectNode object) throws UnreadableException {
    Fields fields = new Fields(object);
    return switch (fields.text("type")) {
      case "intent" -> IntentReader.readBack(object);
      case "control" -> CommandReader.readBack(object);
      case "config" ->
          new ConfigChunk(
              fields.text("hash"),
              (int) fields.whole("chunk"),
              (int) fields.whole("chunks"),
              (int) fields.whole("rule_set"),
              fields.optionalObject("content"));
      case "clock" -> new ClockTick(fields.time("event_time_us"));
      case "mark" -> mark(fields);
      case "paper_tick" -> paperTick(fields);
      case "correlation" -> correlation(fields);
      default -> of(object);
    };
  }

  private static Mark mark(Fields fields) throws UnreadableException {
    return new Mark(
        fields.id("instrument"),
        fields.positive("last"),
        fields.positive("high"),
        fields.positive("low"),
        fields.time("event_time_us"),
        fields.optionalTime("receive_time_us"),
        fields.optionalFlag("crashed"),
        fields.whole("slot_us"),
        (int) fields.whole("ordinal"),
        fields.optionalNumber("sigma_daily", 0, Double.MAX_VALUE));
  }

  private static PaperTick paperTick(Fields fields) throws UnreadableException {
    return new PaperTick(
        fields.id("intent_id"),
        fields.id("account"),
        fields.id("instrument"),
        fields.enumOf("status", PaperTick.Status.class),
        fields.optionalPositive("price"),
        fields.optionalNotNegative("qty"),
        fields.time("event_time_us"));
  }

  private static Correlation correlation(Fields fields) throws UnreadableException {
    BigDecimal value = fields.decimal("value");
    if (value.abs().compareTo(BigDecimal.ONE) > 0) {
      throw new UnreadableException(
          "value is " + Decimals.plain(value) + ", expected a decimal from -1 to 1", "value");
    }
    return new Correlation(fields.id("a"), fields.id("b"), value, fields.time("event_time_us"));
  }

  private static Trade trade(Fields fields) throws UnreadableException {
    return new Trade(
        fields.id("instrument"),
        fields.optionalText("trade_id"),
        fields.positive("price"),
        fields.notNegative("qty"),
        fields.optionalEnum("aggressor", Aggressor.class, Aggressor.UNKNOWN),
        fields.time("event_time_us"),
        fields.optionalTime("receive_time_us"));
  }

  private static Quote quote(Fields fields) throws UnreadableException {
    return new Quote(
        fields.id("instrument"),
        fields.optionalPositive("bid"),
        fields.optionalNotNegative("bid_qty"),
        fields.optionalPositive("ask"),
        fields.optionalNotNegative("ask_qty"),
        fields.time("event_time_us"),
        fields.optionalTime("receive_time_us"),
        fields.optionalDecimal("funding_rate"));
  }

  private static Fill fill(Fields fields) throws UnreadableException {
    BigDecimal fee = fields.optionalDecimal("fee");
    return new Fill(
        fields.id("fill_id"),
        fields.optionalText("intent_id"),
        fields.id("account"),
        fields.optionalText("strategy"),
        fields.id("instrument"),
        fields.enumOf("side", Side.class),
        fields.positive("qty"),
        fields.positive("price"),
        fee == null ? BigDecimal.ZERO : fee,
        fields.optionalText("fee_currency"),
        fields.time("event_time_us"));
  }

  private static OrderStatus order(Fields fields) throws UnreadableException {
    BigDecimal leaves = fields.optionalNotNegative("leaves_qty");
    return new OrderStatus(
        fields.id("intent_id"),
        fields.id("account"),
        fields.id("instrument"),
        fields.enumOf("status", OrderStatus.Status.class),
        fields.notNegative("cum_qty"),
        leaves == null ? BigDecimal.ZERO : leaves,
        fields.time("event_time_us"));
  }

  private static AccountSnapshot account(Fields fields) throws UnreadableException {
    List<Holding> holdings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode node : fields.array("positions")) {
      if (!(node instanceof ObjectNode object)) {
        throw new UnreadableException(
            "positions holds " + Fields.cut(node.toString()) + ", expected objects", "positions");
      }
      Fields position = new Fields(object);
      String instrument = position.id("instrument");
      if (!seen.add(instrument)) {
        throw new UnreadableException(
            "positions names " + instrument + " twice, expected each instrument once", "positions");
      }
      holdings.add(
          new Holding(instrument, position.decimal("qty"), position.notNegative("avg_price")));
    }
    return new AccountSnapshot(
        fields.id("account"),
        fields.id("currency"),
        fields.decimal("cash"),
        holdings,
        fields.stamp("event_time_us"));
  }

  private static VenueStatus venue(Fields fields) throws UnreadableException {
    return new VenueStatus(
        fields.id("venue"),
        fields.enumOf("status", VenueStatus.Status.class),
        fields.time("event_time_us"));
  }
}
