package io.sluice.domain.wire;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import java.math.BigDecimal;

/**
 * A strategy's wish to trade. A readable intent has an id and an account; whatever else does not
 * parse is null, and the first such field stands in {@link #defect()}.
 *
 * @param qty for NEW what to trade, for AMEND the new total including what is filled; null where
 *     not wanted
 * @param confidence in [0, 1], or null
 * @param signal what the strategy says of the signal behind it
 * @param eventTimeUs the sender's stamp, epoch microseconds, or null where it does not parse
 * @param model the model that made it, or null
 * @param modelVersion which version of it, or null
 * @param scoreTimeUs the stamp of the model's score, epoch microseconds, or null
 * @param defect the first field that does not parse, or null
 */
public record Intent(
    String intentId,
    Action action,
    String targetIntentId,
    String account,
    String strategy,
    String instrument,
    Side side,
    OrderType orderType,
    BigDecimal qty,
    BigDecimal limitPrice,
    TimeInForce timeInForce,
    boolean reduceOnly,
    Double confidence,
    Double expectedReturn,
    Signal signal,
    Long eventTimeUs,
    String model,
    String modelVersion,
    Long scoreTimeUs,
    Defect defect)
    implements Message {

  public Intent {
    confidence = Decimals.finite(confidence);
    expectedReturn = Decimals.finite(expectedReturn);
  }

  /** Without a model, and without more of its signal. */
  public Intent(
      String intentId,
      Action action,
      String targetIntentId,
      String account,
      String strategy,
      String instrument,
      Side side,
      OrderType orderType,
      BigDecimal qty,
      BigDecimal limitPrice,
      TimeInForce timeInForce,
      boolean reduceOnly,
      Double confidence,
      Double expectedReturn,
      Long eventTimeUs,
      Defect defect) {
    this(
        intentId,
        action,
        targetIntentId,
        account,
        strategy,
        instrument,
        side,
        orderType,
        qty,
        limitPrice,
        timeInForce,
        reduceOnly,
        confidence,
        expectedReturn,
        Signal.NONE,
        eventTimeUs,
        null,
        null,
        null,
        defect);
  }

  /** The same with another defect. */
  Intent with(Defect other) {
    return new Intent(
        intentId,
        action,
        targetIntentId,
        account,
        strategy,
        instrument,
        side,
        orderType,
        qty,
        limitPrice,
        timeInForce,
        reduceOnly,
        confidence,
        expectedReturn,
        signal,
        eventTimeUs,
        model,
        modelVersion,
        scoreTimeUs,
        other);
  }

  /** Ids made inside Sluice start with this; from outside they are refused. */
  public static final String INTERNAL_PREFIX = "sluice:";

  @Override
  public Kind kind() {
    return Kind.INTENT;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("intent").name("intent_id").value(intentId);
    json.name("action").value(action).name("target_intent_id").value(targetIntentId);
    json.name("account").value(account).name("strategy").value(strategy);
    json.name("instrument").value(instrument).name("side").value(side);
    json.name("order_type").value(orderType).name("qty").value(qty);
    json.name("limit_price").value(limitPrice).name("time_in_force").value(timeInForce);
    json.name("reduce_only").value(reduceOnly).name("confidence").value(confidence);
    json.name("expected_return").value(expectedReturn).name("event_time_us").value(eventTimeUs);
    signal.writeInto(json);
    if (model != null) {
      json.name("model").value(model);
    }
    if (modelVersion != null) {
      json.name("model_version").value(modelVersion);
    }
    if (scoreTimeUs != null) {
      json.name("score_time_us").value(scoreTimeUs);
    }
    if (defect != null) {
      json.name("defect");
      defect.write(json);
    }
    json.endObject();
  }
}
