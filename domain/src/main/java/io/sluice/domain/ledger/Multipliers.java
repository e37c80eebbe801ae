package io.sluice.domain.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;

/**
 * What each rule that adapts sizes left of an order: a part of what was asked, from 0 to 1. Null
 * before the first order, and of a rule that was not asked.
 *
 * @param volatility R29: the market moves more
 * @param confidence P04: whoever wishes for it is not sure
 * @param riskScore P05: the score of the order is high
 * @param correlation P08: the account bets the same way elsewhere
 */
public record Multipliers(
    BigDecimal volatility, BigDecimal confidence, BigDecimal riskScore, BigDecimal correlation) {
  /** Of an account that has asked for nothing yet. */
  static final Multipliers NONE = new Multipliers(null, null, null, null);

  /** Of an order; null of a decision on something else, or on no quantity. */
  static Multipliers of(Decision decision) {
    BigDecimal asked = decision.requestedQty();
    if (decision.action() == Action.CANCEL || asked == null || asked.signum() <= 0) {
      return null;
    }
    return new Multipliers(
        part(decision, "R29", asked),
        part(decision, "P04", asked),
        part(decision, "P05", asked),
        part(decision, "P08", asked));
  }

  private static BigDecimal part(Decision decision, String rule, BigDecimal asked) {
    for (Outcome outcome : decision.ruling().outcomes()) {
      if (outcome.rule().equals(rule)) {
        BigDecimal permitted = outcome.permitted();
        return permitted == null ? null : Decimals.divide(permitted, asked);
      }
    }
    return null;
  }

  void write(JsonWriter json) {
    json.beginObject().name("volatility").value(volatility).name("confidence").value(confidence);
    json.name("risk_score").value(riskScore).name("correlation").value(correlation).endObject();
  }

  static Multipliers read(JsonNode node) throws UnreadableException {
    Fields fields = Ledger.fields(node);
    return new Multipliers(
        fields.optionalAmount("volatility"),
        fields.optionalAmount("confidence"),
        fields.optionalAmount("risk_score"),
        fields.optionalAmount("correlation"));
  }

  /** For {@link AccountRisk#digest}. */
  String plain() {
    JsonWriter json = new JsonWriter();
    write(json);
    return json.toString();
  }
}
