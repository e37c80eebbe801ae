package io.sluice.domain.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.UnreadableException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Reads an intent: id and account decide whether it is readable; every other field that does not
 * parse becomes null and the first one is kept as the intent's defect, so that it is answered by a
 * refusal that names it.
 */
final class IntentReader {
  private final Fields fields;
  private Defect defect;

  private IntentReader(ObjectNode object) {
    this.fields = new Fields(object);
  }

  static Intent read(ObjectNode object) throws UnreadableException {
    return new IntentReader(object).intent();
  }

  private Intent intent() throws UnreadableException {
    String intentId = fields.id("intent_id");
    String account = fields.id("account");
    Action action =
        kept(() -> fields.enumOf("action", Action.class), "action", "NEW, AMEND or CANCEL");
    boolean isNew = action == Action.NEW;
    String target =
        action == Action.AMEND || action == Action.CANCEL
            ? kept(
                () -> fields.id("target_intent_id"),
                "target_intent_id",
                "the intent_id of the order to change")
            : kept(
                () -> fields.optionalText("target_intent_id"),
                "target_intent_id",
                "a string or null");
    String strategy =
        kept(() -> fields.id("strategy"), "strategy", "a string of 1 to 128 characters");
    String instrument =
        kept(() -> fields.id("instrument"), "instrument", "a string of 1 to 128 characters");
    Side side =
        isNew || !fields.isAbsent("side")
            ? kept(() -> fields.enumOf("side", Side.class), "side", "BUY or SELL")
            : null;
    OrderType type =
        isNew || !fields.isAbsent("order_type")
            ? kept(
                () -> fields.enumOf("order_type", OrderType.class), "order_type", "MARKET or LIMIT")
            : null;
    var qty =
        isNew
            ? kept(() -> fields.positive("qty"), "qty", "a plain decimal string above 0")
            : kept(
                () -> fields.optionalPositive("qty"),
                "qty",
                "a plain decimal string above 0, or null");
    var limit =
        kept(
            () -> fields.optionalPositive("limit_price"),
            "limit_price",
            "a plain decimal string above 0, or null");
    TimeInForce tif =
        isNew || !fields.isAbsent("time_in_force")
            ? kept(
                () -> fields.enumOf("time_in_force", TimeInForce.class),
                "time_in_force",
                "GTC, IOC or FOK")
            : null;
    if (isNew && type == OrderType.LIMIT && fields.isAbsent("limit_price")) {
      note("limit_price", "a price, because order_type is LIMIT");
    }
    if (isNew && type == OrderType.MARKET && limit != null) {
      note("limit_price", "null, because order_type is MARKET");
    }
    if (action == Action.AMEND && qty == null && limit == null) {
      note("qty", "a new total or a new limit_price");
    }
    Boolean reduceOnly =
        kept(() -> fields.optionalFlag("reduce_only"), "reduce_only", "true or false");
    Double confidence =
        kept(
            () -> fields.optionalNumber("confidence", 0, 1),
            "confidence",
            "a number from 0 to 1, or null");
    Double expectedReturn =
        kept(
            () -> fields.optionalNumber("expected_return", -Double.MAX_VALUE, Double.MAX_VALUE),
            "expected_return",
            "a number or null");
    var stopLoss =
        kept(
            () -> fields.optionalPositive("stop_loss"),
            "stop_loss",
            "a plain decimal string above 0, or null");
    var takeProfit =
        kept(
            () -> fields.optionalPositive("take_profit"),
            "take_profit",
            "a plain decimal string above 0, or null");
    Map<String, Side> confirmations =
        kept(
            () -> Signal.readConfirmations(fields),
            "confirmations",
            "an object of at most 32 time frames, each BUY or SELL");
    Double drift =
        kept(
            () -> fields.optionalNumber("drift", 0, Double.MAX_VALUE),
            "drift",
            "a number of at least 0, or null");
    Map<String, Double> contributions =
        kept(
            () -> Signal.readContributions(fields),
            "contributions",
            "an object of at most 32 features, each a number");
    Long eventTimeUs =
        kept(() -> fields.time("event_time_us"), "event_time_us", "epoch microseconds, an integer");
    String model =
        fields.isAbsent("model")
            ? null
            : kept(() -> fields.id("model"), "model", "a string of 1 to 128 characters, or null");
    String modelVersion =
        fields.isAbsent("model_version")
            ? null
            : kept(
                () -> fields.id("model_version"),
                "model_version",
                "a string of 1 to 128 characters, or null");
    Long scoreTimeUs =
        kept(
            () -> fields.optionalTime("score_time_us"),
            "score_time_us",
            "epoch microseconds, an integer, or null");
    return new Intent(
        intentId,
        action,
        target,
        account,
        strategy,
        instrument,
        side,
        type,
        qty,
        limit,
        tif,
        Boolean.TRUE.equals(reduceOnly),
        confidence,
        expectedReturn,
        signal(stopLoss, takeProfit, confirmations, drift, contributions),
        eventTimeUs,
        model,
        modelVersion,
        scoreTimeUs,
        defect);
  }

  private static Signal signal(
      BigDecimal stopLoss,
      BigDecimal takeProfit,
      Map<String, Side> confirmations,
      Double drift,
      Map<String, Double> contributions) {
    boolean isSaid =
        stopLoss != null
            || takeProfit != null
            || drift != null
            || confirmations != null && !confirmations.isEmpty()
            || contributions != null && !contributions.isEmpty();
    return isSaid
        ? new Signal(
            stopLoss,
            takeProfit,
            confirmations == null ? Map.of() : confirmations,
            drift,
            contributions == null ? Map.of() : contributions)
        : Signal.NONE;
  }

  /** The defect that an intent read back from a journal line carries beside its nulls. */
  static Intent readBack(ObjectNode object) throws UnreadableException {
    Intent intent = read(object);
    JsonNode kept = object.get("defect");
    if (kept == null) {
      return intent;
    }
    Defect defect =
        new Defect(
            kept.path("field").textValue(),
            kept.path("value").textValue(),
            kept.path("expected").textValue());
    return intent.with(defect);
  }

  private interface Read<T> {
    T get() throws UnreadableException;
  }

  private <T> T kept(Read<T> read, String field, String expected) {
    try {
      return read.get();
    } catch (UnreadableException e) {
      note(field, expected);
      return null;
    }
  }

  private void note(String field, String expected) {
    if (defect == null) {
      defect = new Defect(field, fields.shown(field), expected);
    }
  }
}
