package io.sluice.domain.risk;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the policy says of an intent.
 *
 * @param approvedQty how much may be sent, 0 unless the verdict is ALLOW, SHRINK or REDUCE_ONLY;
 *     for an amendment the total
 * @param reasons the codes of the rules that permitted less than was asked, sorted
 * @param outcomes every rule's, in the order of their codes
 * @param riskScore from 0 to 1, or null where it cannot be computed
 * @param lifted what rules said that an override has lifted; in {@code outcomes} they pass
 */
public record Ruling(
    Verdict verdict,
    BigDecimal approvedQty,
    List<String> reasons,
    List<Outcome> outcomes,
    Double riskScore,
    List<Outcome> lifted) {
  public Ruling {
    reasons = List.copyOf(reasons);
    outcomes = List.copyOf(outcomes);
    lifted = List.copyOf(lifted);
  }

  public Ruling(
      Verdict verdict,
      BigDecimal approvedQty,
      List<String> reasons,
      List<Outcome> outcomes,
      Double riskScore) {
    this(verdict, approvedQty, reasons, outcomes, riskScore, List.of());
  }
}
