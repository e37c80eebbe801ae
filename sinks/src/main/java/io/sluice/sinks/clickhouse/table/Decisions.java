package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.List;

/** What the gate answered: every decision with every rule's outcome. */
public final class Decisions {
  public static final Table<Recorded> TABLE =
      outcomes(
              Table.<Recorded>named("decisions")
                  .fixed("decision_id", 32, decision -> decision.fields().text("decision_id"))
                  .text("intent_id", decision -> decision.fields().text("intent_id"))
                  .word("origin", d -> d.fields().enumOf("origin", Decision.Origin.class))
                  .text("risk_group", decision -> decision.fields().text("group"))
                  .text("account", decision -> decision.fields().text("account"))
                  .text("strategy", decision -> decision.fields().optionalText("strategy"))
                  .text("instrument", decision -> decision.fields().optionalText("instrument"))
                  .word("action", d -> d.fields().optionalEnum("action", Action.class, null))
                  .text("target_intent_id", d -> d.fields().optionalText("target_intent_id"))
                  .word("side", d -> d.fields().optionalEnum("side", Side.class, null))
                  .word(
                      "order_type",
                      d -> d.fields().optionalEnum("order_type", OrderType.class, null))
                  .amount(
                      "limit_price", decision -> decision.fields().optionalAmount("limit_price"))
                  .word(
                      "time_in_force",
                      d -> d.fields().optionalEnum("time_in_force", TimeInForce.class, null))
                  .flag("reduce_only", decision -> decision.fields().optionalFlag("reduce_only"))
                  .amount("requested_qty", d -> d.fields().optionalAmount("requested_qty"))
                  .word("verdict", d -> d.fields().enumOf("verdict", Verdict.class))
                  .amount("approved_qty", d -> d.fields().optionalAmount("approved_qty"))
                  .texts("reasons", decision -> decision.texts("reasons")))
          .number("risk_score", decision -> number(decision.fields(), "risk_score"))
          .amount("reference_price", d -> d.fields().optionalAmount("reference_price"))
          .amount("stop_loss", decision -> decision.fields().optionalAmount("stop_loss"))
          .amount("take_profit", decision -> decision.fields().optionalAmount("take_profit"))
          .amount("equity", decision -> metric(decision, "equity"))
          .amount("position", decision -> metric(decision, "position"))
          .whole("data_age_us", decision -> decision.object("metrics").optionalTime("data_age_us"))
          .number("sigma_daily", decision -> number(decision.object("metrics"), "sigma_daily"))
          .whole("limits_version", decision -> decision.fields().whole("limits_version"))
          .whole("params_version", Decisions::paramsVersion)
          .text("rollout", decision -> decision.object("rollout").optionalText("phase"))
          .flag("is_shadow", Decisions::isShadow)
          .word(
              "shadow_verdict", d -> d.fields().optionalEnum("shadow_verdict", Verdict.class, null))
          .amount("shadow_approved_qty", d -> d.fields().optionalAmount("shadow_approved_qty"))
          .text("model_version", decision -> decision.fields().optionalText("model_version"))
          .optionalTime("event_time", d -> d.fields().optionalTime("event_time_us"))
          .time("gate_time", decision -> decision.fields().whole("gate_time_us"))
          .time("valid_until", decision -> decision.fields().whole("valid_until_us"))
          .whole("seq", decision -> decision.fields().whole("seq"))
          .count("sub", decision -> (int) decision.fields().whole("sub"))
          .time("published_at", Recorded::publishedUs)
          .bytes("line", Recorded::bytes);

  private Decisions() {}

  private static Table<Recorded> outcomes(Table<Recorded> table) {
    return table
        .texts("outcomes.rule", decision -> decision.outcomes().rules())
        .texts("outcomes.outcome", decision -> decision.outcomes().results())
        .amounts("outcomes.observed", decision -> decision.outcomes().observed())
        .amounts("outcomes.limit", decision -> decision.outcomes().limits())
        .amounts("outcomes.headroom", decision -> decision.outcomes().headrooms())
        .amounts("outcomes.permitted", decision -> decision.outcomes().permitted())
        .texts("outcomes.why", decision -> decision.outcomes().whys())
        .texts("passed", decision -> decision.outcomes().passed())
        .texts("overridden", d -> Decisions.overridden(d));
  }

  /** Of a gate that had none, 0. */
  private static long paramsVersion(Recorded decision) throws UnreadableException {
    Long version = decision.fields().optionalTime("params_version");
    return version == null ? 0 : version;
  }

  private static boolean isShadow(Recorded decision) throws UnreadableException {
    Fields rollout = decision.object("rollout");
    return !rollout.isAbsent("enforced") && !rollout.optionalFlag("enforced");
  }

  private static List<String> overridden(Recorded decision) throws UnreadableException {
    return decision.fields().isAbsent("overridden")
        ? List.of()
        : decision.each("overridden", outcome -> outcome.text("rule"));
  }

  private static BigDecimal metric(Recorded decision, String name) throws UnreadableException {
    return decision.object("metrics").optionalAmount(name);
  }

  private static Double number(Fields fields, String name) throws UnreadableException {
    return fields.optionalNumber(name, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
