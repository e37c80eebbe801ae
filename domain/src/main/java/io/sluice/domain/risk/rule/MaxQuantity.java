package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/** R03: an order, and what an amendment would make of it, is at most this large. */
public final class MaxQuantity extends Rule {
  public MaxQuantity() {
    super("R03", "max quantity");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_QTY)) {
      return unset(proposal, LimitKey.MAX_QTY);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_QTY);
    BigDecimal qty = proposal.qty();
    return bound == null || qty.compareTo(bound) <= 0
        ? pass(proposal, qty, bound)
        : permitted(
            proposal,
            qty,
            bound,
            bound.subtract(qty.subtract(proposal.openQty())),
            "the order is larger than max_qty at "
                + proposal.limits().tightest(LimitKey.MAX_QTY).scope());
  }
}
