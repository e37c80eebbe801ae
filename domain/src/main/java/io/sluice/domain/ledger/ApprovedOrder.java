package io.sluice.domain.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.math.BigDecimal;

/**
 * What is kept of a decision that let an order through.
 *
 * @param strategy who wished for it; empty for none
 * @param stopLoss price of its risk-adjusted stop, or null
 * @param takeProfit price of its risk-adjusted target, or null
 * @param riskScore from 0 to 1, or null
 */
public record ApprovedOrder(
    String decisionId,
    String strategy,
    BigDecimal stopLoss,
    BigDecimal takeProfit,
    Double riskScore) {
  /** Stands for an order that is not known. */
  public static final ApprovedOrder NONE = new ApprovedOrder("", "", null, null, null);

  /** The order of a decision, or null where it let none through. */
  static ApprovedOrder of(Fields decision) throws UnreadableException {
    BigDecimal approved = decision.optionalAmount("approved_qty");
    if (approved == null || approved.signum() <= 0) {
      return null;
    }
    String strategy = decision.optionalText("strategy");
    return new ApprovedOrder(
        decision.text("decision_id"),
        strategy == null ? "" : strategy,
        decision.optionalAmount("stop_loss"),
        decision.optionalAmount("take_profit"),
        score(decision));
  }

  private static Double score(Fields fields) throws UnreadableException {
    return fields.optionalNumber("risk_score", -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  void write(JsonWriter json) {
    json.beginObject().name("decision_id").value(decisionId).name("strategy").value(strategy);
    json.name("stop_loss").value(stopLoss).name("take_profit").value(takeProfit);
    json.name("risk_score").value(riskScore).endObject();
  }

  static ApprovedOrder read(JsonNode node) throws UnreadableException {
    Fields fields = Ledger.fields(node);
    return new ApprovedOrder(
        fields.text("decision_id"),
        fields.text("strategy"),
        fields.optionalAmount("stop_loss"),
        fields.optionalAmount("take_profit"),
        score(fields));
  }
}
