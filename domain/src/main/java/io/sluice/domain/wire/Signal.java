package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a strategy adds to an intent about the signal behind it; all of it may be missing.
 *
 * @param stopLoss the price at which it would give the position up, or null
 * @param takeProfit the price at which it would take its profit, or null
 * @param confirmations which way each time frame points, by the strategy's name for it; at most
 *     {@value #MAX_CONFIRMATIONS}
 * @param drift how far the inputs of the model behind it have drifted from those it was made of, at
 *     least 0, such as a population stability index; or null
 * @param contributions what features add to the log odds of what the model foresees, by name; at
 *     most {@value #MAX_CONTRIBUTIONS}
 */
public record Signal(
    BigDecimal stopLoss,
    BigDecimal takeProfit,
    Map<String, Side> confirmations,
    Double drift,
    Map<String, Double> contributions) {
  public static final Signal NONE = new Signal(null, null, Map.of());

  static final int MAX_CONFIRMATIONS = 32;
  static final int MAX_CONTRIBUTIONS = 32;

  public Signal {
    confirmations = Collections.unmodifiableMap(new TreeMap<>(confirmations));
    drift = Decimals.finite(drift);
    Map<String, Double> known = new TreeMap<>(contributions);
    known.values().removeIf(part -> !Double.isFinite(part));
    contributions = Collections.unmodifiableMap(known);
  }

  /** Without a word on drift. */
  public Signal(BigDecimal stopLoss, BigDecimal takeProfit, Map<String, Side> confirmations) {
    this(stopLoss, takeProfit, confirmations, null);
  }

  /** Without a word on contributions. */
  public Signal(
      BigDecimal stopLoss, BigDecimal takeProfit, Map<String, Side> confirmations, Double drift) {
    this(stopLoss, takeProfit, confirmations, drift, Map.of());
  }

  static Map<String, Double> readContributions(Fields intent) throws UnreadableException {
    Map<String, Double> contributions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> part : intent.optionalObject("contributions").properties()) {
      double value = part.getValue().doubleValue();
      if (!part.getValue().isNumber() || !Double.isFinite(value) || !Fields.isId(part.getKey())) {
        throw new UnreadableException(
            "contributions holds " + part + ", expected numbers by feature", "contributions");
      }
      contributions.put(part.getKey(), value);
    }
    if (contributions.size() > MAX_CONTRIBUTIONS) {
      throw new UnreadableException(
          "contributions holds " + contributions.size() + " features", "contributions");
    }
    return contributions;
  }

  static Map<String, Side> readConfirmations(Fields intent) throws UnreadableException {
    Map<String, Side> confirmations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> frame : intent.optionalObject("confirmations").properties()) {
      Side side = side(frame.getValue().textValue());
      if (side == null || !Fields.isId(frame.getKey())) {
        throw new UnreadableException(
            "confirmations holds " + frame + ", expected BUY or SELL by time frame",
            "confirmations");
      }
      confirmations.put(frame.getKey(), side);
    }
    if (confirmations.size() > MAX_CONFIRMATIONS) {
      throw new UnreadableException(
          "confirmations holds " + confirmations.size() + " time frames", "confirmations");
    }
    return confirmations;
  }

  private static Side side(String name) {
    for (Side side : Side.values()) {
      if (side.name().equals(name)) {
        return side;
      }
    }
    return null;
  }

  /** Writes what is there into the object that is open. */
  void writeInto(JsonWriter json) {
    if (stopLoss != null) {
      json.name("stop_loss").value(stopLoss);
    }
    if (takeProfit != null) {
      json.name("take_profit").value(takeProfit);
    }
    if (!confirmations.isEmpty()) {
      json.name("confirmations").beginObject();
      confirmations.forEach((frame, side) -> json.name(frame).value(side));
      json.endObject();
    }
    if (drift != null) {
      json.name("drift").value(drift);
    }
    if (!contributions.isEmpty()) {
      json.name("contributions").beginObject();
      contributions.forEach((feature, part) -> json.name(feature).value(part));
      json.endObject();
    }
  }
}
