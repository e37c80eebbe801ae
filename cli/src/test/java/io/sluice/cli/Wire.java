package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of the wire, with what a test does not name left at a default. */
final class Wire {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Wire(String type, long timeUs) {
    fields.put("type", type);
    fields.put("event_time_us", timeUs);
  }

  static Wire trade(String instrument, String price, long timeUs) {
    return new Wire("trade", timeUs)
        .with("instrument", instrument)
        .with("trade_id", null)
        .with("price", price)
        .with("qty", "1")
        .with("aggressor", "BUY")
        .with("receive_time_us", null);
  }

  static Wire quote(String instrument, String bid, String ask, long timeUs) {
    return new Wire("quote", timeUs)
        .with("instrument", instrument)
        .with("bid", bid)
        .with("bid_qty", "1")
        .with("ask", ask)
        .with("ask_qty", "1")
        .with("receive_time_us", null);
  }

  private static Wire intent(String id, String account, String instrument, long timeUs) {
    return new Wire("intent", timeUs)
        .with("intent_id", id)
        .with("account", account)
        .with("strategy", "s")
        .with("instrument", instrument);
  }

  static Wire market(
      String id, String account, String instrument, String side, String qty, long timeUs) {
    return intent(id, account, instrument, timeUs)
        .with("action", "NEW")
        .with("side", side)
        .with("order_type", "MARKET")
        .with("qty", qty)
        .with("time_in_force", "IOC");
  }

  static Wire limit(
      String id,
      String account,
      String instrument,
      String side,
      String qty,
      String price,
      long timeUs) {
    return market(id, account, instrument, side, qty, timeUs)
        .with("order_type", "LIMIT")
        .with("limit_price", price)
        .with("time_in_force", "GTC");
  }

  static Wire amend(String id, String account, String instrument, String target, long timeUs) {
    return intent(id, account, instrument, timeUs)
        .with("action", "AMEND")
        .with("target_intent_id", target);
  }

  static Wire cancel(String id, String account, String instrument, String target, long timeUs) {
    return intent(id, account, instrument, timeUs)
        .with("action", "CANCEL")
        .with("target_intent_id", target);
  }

  static Wire fill(
      String id,
      String intent,
      String account,
      String instrument,
      String side,
      String qty,
      String price,
      String fee,
      long timeUs) {
    return new Wire("fill", timeUs)
        .with("fill_id", id)
        .with("intent_id", intent)
        .with("account", account)
        .with("strategy", "s")
        .with("instrument", instrument)
        .with("side", side)
        .with("qty", qty)
        .with("price", price)
        .with("fee", fee)
        .with("fee_currency", "USD");
  }

  static Wire order(
      String intent, String account, String instrument, String status, String cum, long timeUs) {
    return new Wire("order", timeUs)
        .with("intent_id", intent)
        .with("account", account)
        .with("instrument", instrument)
        .with("status", status)
        .with("cum_qty", cum)
        .with("leaves_qty", "0");
  }

  static Wire account(String account, String cash, Object positions, long timeUs) {
    return new Wire("account", timeUs)
        .with("account", account)
        .with("currency", "USD")
        .with("cash", cash)
        .with("positions", positions);
  }

  static Wire venue(String venue, String status, long timeUs) {
    return new Wire("venue", timeUs).with("venue", venue).with("status", status);
  }

  static Wire control(String id, String command, String scope, long timeUs) {
    return new Wire("control", timeUs)
        .with("command_id", id)
        .with("command", command)
        .with("scope", scope)
        .with("body", Map.of())
        .with("issued_by", "officer")
        .with("reason", "test")
        .with("effective_at_us", null)
        .with("expires_at_us", null);
  }

  Wire with(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  Wire without(String field) {
    fields.remove(field);
    return this;
  }

  @Override
  public String toString() {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String lines(Object... lines) {
    StringBuilder text = new StringBuilder();
    for (Object line : lines) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
