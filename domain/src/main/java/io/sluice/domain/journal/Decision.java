package io.sluice.domain.journal;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;

/**
 * The gate's one answer to one intent.
 *
 * @param targetIntentId the order an amendment or a cancel is about, else null
 * @param reduceOnly whether the order may only bring a position closer to flat, the venue's
 *     reduce-only flag: asked for, or approved as such
 * @param ruling verdict, approved quantity, reasons and every rule's outcome
 * @param stopLoss where the profile gives the position up that the order opens, or null
 * @param takeProfit where the profile takes its profit, or null
 * @param metrics what the books and the market looked like then
 * @param limitsVersion counts the changes of the limits in force
 * @param paramsVersion counts the changes of the parameters in force
 * @param rollout how far the gate was in force for this order
 * @param modelVersion the version of the model that wished for it, or null
 * @param seq place of the intent's entry in the group's journal
 * @param sub counts the decisions of one entry, from 0
 */
public record Decision(
    String intentId,
    Origin origin,
    String group,
    String account,
    String strategy,
    String instrument,
    Action action,
    String targetIntentId,
    Side side,
    OrderType orderType,
    BigDecimal limitPrice,
    TimeInForce timeInForce,
    boolean reduceOnly,
    BigDecimal requestedQty,
    Ruling ruling,
    BigDecimal referencePrice,
    BigDecimal stopLoss,
    BigDecimal takeProfit,
    Metrics metrics,
    long limitsVersion,
    long paramsVersion,
    Rollout rollout,
    String modelVersion,
    Long eventTimeUs,
    long gateTimeUs,
    long validUntilUs,
    long seq,
    int sub) {

  private static final int EXPECTED_BYTES = 9_216;

  /** Who wished for the order. */
  public enum Origin {
    STRATEGY,
    MODEL,
    STOP,
    OPERATOR;

    /** Whether it came as an intent, and is not an order of the gate itself. */
    public boolean isAsked() {
      return this == STRATEGY || this == MODEL;
    }
  }

  /**
   * How far the gate was in force.
   *
   * @param phase shadow, partial or full
   * @param judged what the rules said where that was only recorded and the order let through; null
   *     where the answer is what they said
   */
  public record Rollout(String phase, Ruling judged) {
    public static final Rollout FULL = new Rollout("full", null);

    void writeInto(JsonWriter json) {
      json.name("rollout").beginObject().name("phase").value(phase);
      json.name("enforced").value(judged == null).endObject();
      json.name("shadow_verdict").value(judged == null ? null : judged.verdict());
      json.name("shadow_approved_qty").value(judged == null ? null : judged.approvedQty());
    }
  }

  /** What the rules said, whether it was enforced or not. */
  public Ruling judged() {
    return rollout.judged() == null ? ruling : rollout.judged();
  }

  /**
   * Numbers that help to read a decision.
   *
   * @param equity of the account, or null for an unknown one
   * @param position signed position in the instrument before the order, or null
   * @param dataAgeUs age of the reference price in microseconds, or null without one
   * @param sigmaDaily daily volatility of the instrument, or null before it is warm
   */
  public record Metrics(BigDecimal equity, BigDecimal position, Long dataAgeUs, Double sigmaDaily) {
    void write(JsonWriter json) {
      json.beginObject().name("equity").value(equity).name("position").value(position);
      json.name("data_age_us").value(dataAgeUs).name("sigma_daily").value(sigmaDaily).endObject();
    }
  }

  /** The id of the decision on an account's intent: an outsider can compute it beforehand. */
  public static String idOf(String account, String intentId) {
    return Sha256.hex(account + "\n" + intentId).substring(0, 32);
  }

  public String decisionId() {
    return idOf(account, intentId);
  }

  public void write(JsonWriter json) {
    json.beginObject().name("type").value("decision").name("decision_id").value(decisionId());
    json.name("intent_id").value(intentId).name("origin").value(origin).name("group").value(group);
    json.name("account").value(account).name("strategy").value(strategy);
    json.name("instrument").value(instrument).name("action").value(action);
    json.name("target_intent_id").value(targetIntentId).name("side").value(side);
    json.name("order_type").value(orderType).name("limit_price").value(limitPrice);
    json.name("time_in_force").value(timeInForce).name("reduce_only").value(reduceOnly);
    json.name("requested_qty").value(requestedQty);
    json.name("verdict").value(ruling.verdict()).name("approved_qty").value(ruling.approvedQty());
    json.name("reasons").beginArray();
    ruling.reasons().forEach(json::value);
    json.endArray().name("outcomes");
    Outcome.writeAll(ruling.outcomes(), requestedQty, json);
    json.name("overridden");
    Outcome.writeAll(ruling.lifted(), requestedQty, json);
    json.name("risk_score").value(ruling.riskScore());
    json.name("reference_price").value(referencePrice).name("stop_loss").value(stopLoss);
    json.name("take_profit").value(takeProfit).name("metrics");
    metrics.write(json);
    json.name("limits_version").value(limitsVersion).name("params_version").value(paramsVersion);
    rollout.writeInto(json);
    json.name("model_version").value(modelVersion);
    json.name("event_time_us").value(eventTimeUs).name("gate_time_us").value(gateTimeUs);
    json.name("valid_until_us")
        .value(validUntilUs)
        .name("seq")
        .value(seq)
        .name("sub")
        .value(sub)
        .endObject();
  }

  public byte[] toJson() {
    JsonWriter json = new JsonWriter(EXPECTED_BYTES);
    write(json);
    return json.toBytes();
  }
}
