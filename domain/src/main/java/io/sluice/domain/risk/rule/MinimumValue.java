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
public final class MinimumValue implements Rule {
  @Override
  public String code() {
    return "P06";
  }

  @Override
  public String title() {
    return "minimum value";
  }

  @Override
  public Outcome check(Proposal proposal) {
    ScopedLimit limit = proposal.limits().tightest(LimitKey.MIN_NOTIONAL);
    if (limit == null) {
      return proposal.unset(this, LimitKey.MIN_NOTIONAL);
    }
    BigDecimal bound = limit.limit().bound();
    if (bound == null) {
      return proposal.pass(this, null, null);
    }
    if (proposal.nominalPrice() == null || proposal.multiplier() == null) {
      return proposal.refused(this, null, bound, "the order has no price to be valued at");
    }
    BigDecimal observed = proposal.leastValueOf(proposal.qty());
    Outcome outcome =
        observed.compareTo(bound) >= 0
            ? proposal.pass(this, observed, bound)
            : proposal.permitted(
                this,
                observed,
                bound,
                proposal.reducibleQty(),
                "the order is worth less than min_notional at " + limit.scope());
    return outcome.ofFloor();
  }
}
