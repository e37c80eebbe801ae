package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Quantity;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R04: an order, and what an amendment would make of it, is worth at most this much at its worst
 * case.
 */
public final class MaxNotional extends Rule {
  public MaxNotional() {
    super("R04", "max notional");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_NOTIONAL)) {
      return unset(proposal, LimitKey.MAX_NOTIONAL);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_NOTIONAL);
    if (proposal.price() == null) {
      return bound == null
          ? pass(proposal, null, null)
          : refused(proposal, null, bound, "the order has no price to be valued at");
    }
    BigDecimal value = proposal.valueOf(proposal.qty());
    if (bound == null || value.compareTo(bound) <= 0) {
      return pass(proposal, value, bound);
    }
    BigDecimal filled = proposal.qty().subtract(proposal.openQty());
    return permitted(
        proposal,
        value,
        bound,
        Quantity.of(bound, proposal.valueOf(BigDecimal.ONE)).subtract(filled),
        "the order's value at its worst case is above max_notional at "
            + proposal.limits().tightest(LimitKey.MAX_NOTIONAL).scope());
  }
}
