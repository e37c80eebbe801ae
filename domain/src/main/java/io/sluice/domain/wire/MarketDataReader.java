package io.sluice.domain.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads well-formed trades and quotes without building a tree, because they are nearly all of the
 * traffic. Anything it does not take in its stride is left to {@link WireReader}, which says what
 * is wrong.
 */
final class MarketDataReader {
  private String type;
  private String instrument;
  private String tradeId;
  private String aggressor;
  private BigDecimal price;
  private BigDecimal qty;
  private BigDecimal bid;
  private BigDecimal bidQty;
  private BigDecimal ask;
  private BigDecimal askQty;
  private Long eventTimeUs;
  private Long receiveTimeUs;
  private boolean plain = true;

  private MarketDataReader() {}

  /** The trade or quote, or null where the line is another type or not entirely well-formed. */
  static Message tryRead(byte[] line) throws UnreadableException {
    MarketDataReader reader = new MarketDataReader();
    try (JsonParser parser = StrictJson.parser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !reader.fields(parser)
          || parser.nextToken() != null) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    return reader.message();
  }

  private boolean fields(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken();
        token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "type" -> {
          type = text(parser, value);
          if (!"trade".equals(type) && !"quote".equals(type)) {
            return false;
          }
        }
        case "instrument" -> instrument = text(parser, value);
        case "trade_id" -> tradeId = optionalText(parser, value);
        case "aggressor" -> aggressor = optionalText(parser, value);
        case "price" -> price = decimal(parser, value);
        case "qty" -> qty = decimal(parser, value);
        case "bid" -> bid = decimal(parser, value);
        case "bid_qty" -> bidQty = decimal(parser, value);
        case "ask" -> ask = decimal(parser, value);
        case "ask_qty" -> askQty = decimal(parser, value);
        case "event_time_us" -> eventTimeUs = time(parser, value);
        case "receive_time_us" ->
            receiveTimeUs = value == JsonToken.VALUE_NULL ? null : time(parser, value);
        default -> plain = false;
      }
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private Message message() {
    if (!plain || instrument == null || !Fields.isId(instrument) || eventTimeUs == null) {
      return null;
    }
    if ("trade".equals(type)) {
      Aggressor side = aggressor == null ? Aggressor.UNKNOWN : aggressorOf(aggressor);
      return isPositive(price) && qty != null && qty.signum() >= 0 && side != null
          ? new Trade(instrument, tradeId, price, qty, side, eventTimeUs, receiveTimeUs)
          : null;
    }
    boolean whole =
        isPositive(bid)
            && isPositive(ask)
            && bidQty != null
            && bidQty.signum() >= 0
            && askQty != null
            && askQty.signum() >= 0;
    return "quote".equals(type) && whole
        ? new Quote(instrument, bid, bidQty, ask, askQty, eventTimeUs, receiveTimeUs)
        : null;
  }

  private static Aggressor aggressorOf(String name) {
    return switch (name) {
      case "BUY" -> Aggressor.BUY;
      case "SELL" -> Aggressor.SELL;
      case "UNKNOWN" -> Aggressor.UNKNOWN;
      default -> null;
    };
  }

  private static boolean isPositive(BigDecimal value) {
    return value != null && value.signum() > 0;
  }

  private String text(JsonParser parser, JsonToken value) throws IOException {
    plain &= value == JsonToken.VALUE_STRING;
    String text = plain ? parser.getText() : null;
    plain &= text != null && isAscii(text);
    return text;
  }

  private String optionalText(JsonParser parser, JsonToken value) throws IOException {
    return value == JsonToken.VALUE_NULL ? null : text(parser, value);
  }

  private BigDecimal decimal(JsonParser parser, JsonToken value) throws IOException {
    plain &= value == JsonToken.VALUE_STRING;
    return plain ? Decimals.parse(parser.getText()) : null;
  }

  private Long time(JsonParser parser, JsonToken value) throws IOException {
    plain &=
        value == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    long time = plain ? parser.getLongValue() : -1;
    plain &= time >= 0;
    return time;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
