package io.sluice.domain.risk;

import io.sluice.domain.account.Holding;
import java.math.BigDecimal;

/**
 * The account's exposure in the order's instrument, in value.
 *
 * @param current before the order
 * @param towards on the order's side before it, signed
 * @param projected of the worse side with the order
 */
public record Exposed(BigDecimal current, BigDecimal towards, BigDecimal projected) {
  static Exposed by(Proposal proposal) {
    Holding holding = proposal.holding();
    if (holding == null) {
      return new Exposed(BigDecimal.ZERO, BigDecimal.ZERO, proposal.openValue());
    }
    BigDecimal towards = holding.sideValue(proposal.side()).subtract(proposal.targetOpenValue());
    BigDecimal away = holding.sideValue(proposal.side().opposite());
    BigDecimal projected = towards.add(proposal.openValue()).max(away).max(BigDecimal.ZERO);
    return new Exposed(holding.exposure(), towards, projected);
  }
}
