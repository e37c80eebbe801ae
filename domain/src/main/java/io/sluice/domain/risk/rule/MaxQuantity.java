package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/** R03: an order, and what an amendment would make of it, is at most this large. */
public final class MaxQuantity implements Rule {
  @Override
  public String code() {
    return "R03";
  }

  @Override
  public String title() {
    return "max quantity";
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_QTY)) {
      return proposal.unset(this, LimitKey.MAX_QTY);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_QTY);
    BigDecimal qty = proposal.qty();
    return bound == null || qty.compareTo(bound) <= 0
        ? proposal.pass(this, qty, bound)
        : proposal.permitted(
            this,
            qty,
            bound,
            bound.subtract(qty.subtract(proposal.openQty())),
            "the order is larger than max_qty at "
                + proposal.limits().tightest(LimitKey.MAX_QTY).scope());
  }
}
