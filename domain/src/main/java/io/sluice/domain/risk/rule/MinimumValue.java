package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * P06: an order that opens or grows a position is worth at least this much, also where other rules
 * cut it: what is left of it below that does not pass. What brings the position closer to flat
 * always passes.
 */
public final class MinimumValue extends Rule {
  public MinimumValue() {
    super("P06", "minimum value");
  }

  @Override
  public Outcome check(Proposal proposal) {
    ScopedLimit limit = proposal.limits().tightest(LimitKey.MIN_NOTIONAL);
    if (limit == null) {
      return unset(proposal, LimitKey.MIN_NOTIONAL);
    }
    BigDecimal bound = limit.limit().bound();
    if (bound == null) {
      return pass(proposal, null, null);
    }
    if (proposal.nominalPrice() == null || proposal.multiplier() == null) {
      return refused(proposal, null, bound, "the order has no price to be valued at");
    }
    BigDecimal observed = proposal.leastValueOf(proposal.qty());
    Outcome outcome =
        observed.compareTo(bound) >= 0
            ? pass(proposal, observed, bound)
            : permitted(
                proposal,
                observed,
                bound,
                proposal.reducibleQty(),
                "the order is worth less than min_notional at " + limit.scope());
    return outcome.ofFloor();
  }
}
