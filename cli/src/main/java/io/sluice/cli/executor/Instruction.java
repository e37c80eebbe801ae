package io.sluice.cli.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fields;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a decision lets an executor do: send an order, amend one, or cancel one.
 *
 * @param targetIntentId the order to amend or cancel, null for a new one and for a cancel that
 *     names none
 * @param side null for a cancel, and so are type, time in force and quantity
 * @param limitPrice null for a market order
 * @param qty above 0; for an amendment the new total, filled part included
 * @param validUntilUs it may be acted on before this time, epoch microseconds
 */
record Instruction(
    String decisionId,
    String intentId,
    String group,
    String account,
    String strategy,
    String instrument,
    Action action,
    String targetIntentId,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    BigDecimal limitPrice,
    boolean reduceOnly,
    BigDecimal qty,
    long validUntilUs) {

  /** Stands for the instrument of a cancel that names none; a report has to name one. */
  private static final String NO_INSTRUMENT = "unknown";

  /**
   * Reads a decision; empty where it lets nothing be done.
   *
   * @throws UnreadableException with the field, what stood there and what was expected
   */
  static Optional<Instruction> read(byte[] decision) throws UnreadableException {
    ObjectNode object = StrictJson.trusted(decision);
    Fields fields = new Fields(object);
    Verdict verdict = fields.enumOf("verdict", Verdict.class);
    Action action = fields.optionalEnum("action", Action.class, null);
    if (action == Action.CANCEL) {
      return verdict == Verdict.ALLOW ? Optional.of(cancel(fields)) : Optional.empty();
    }
    BigDecimal approved = fields.amount("approved_qty");
    return approved.signum() > 0
        ? Optional.of(order(fields, action, verdict, approved))
        : Optional.empty();
  }

  private static Instruction order(
      Fields fields, Action action, Verdict verdict, BigDecimal approved)
      throws UnreadableException {
    if (action == null) {
      throw new UnreadableException("action is null on an approval, expected NEW or AMEND", null);
    }
    OrderType type = fields.enumOf("order_type", OrderType.class);
    return new Instruction(
        decisionId(fields),
        fields.id("intent_id"),
        fields.id("group"),
        fields.id("account"),
        fields.text("strategy"),
        fields.id("instrument"),
        action,
        action == Action.AMEND ? fields.id("target_intent_id") : null,
        fields.enumOf("side", Side.class),
        type,
        fields.enumOf("time_in_force", TimeInForce.class),
        type == OrderType.LIMIT ? fields.positive("limit_price") : null,
        verdict == Verdict.REDUCE_ONLY || fields.optionalFlag("reduce_only"),
        approved,
        fields.time("valid_until_us"));
  }

  /** A cancel is allowed whatever else is wrong with it, so little is asked of it. */
  private static Instruction cancel(Fields fields) throws UnreadableException {
    return new Instruction(
        decisionId(fields),
        fields.id("intent_id"),
        fields.id("group"),
        fields.id("account"),
        fields.optionalText("strategy"),
        fields.isAbsent("instrument") ? NO_INSTRUMENT : fields.id("instrument"),
        Action.CANCEL,
        fields.optionalText("target_intent_id"),
        null,
        null,
        null,
        null,
        false,
        null,
        fields.time("valid_until_us"));
  }

  /** Reports carry no decision_id, so one that cannot be told from them cannot be known again. */
  private static String decisionId(Fields fields) throws UnreadableException {
    String id = fields.id("decision_id");
    String expected = Decision.idOf(fields.id("account"), fields.id("intent_id"));
    if (!id.equals(expected)) {
      throw new UnreadableException(
          "decision_id is " + id + ", expected that of its account and intent_id, " + expected,
          "decision_id");
    }
    return id;
  }

  /** The id of the decision that made the order to amend or cancel. */
  String targetId() {
    return Decision.idOf(account, targetIntentId == null ? "" : targetIntentId);
  }
}
