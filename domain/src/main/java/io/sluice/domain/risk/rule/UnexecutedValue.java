package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R14: the orders at work, with this one, have at most so much unexecuted, in value at their worst
 * case, buys and sells added up. What brings the position closer to flat always passes.
 */
public final class UnexecutedValue implements Rule {
  @Override
  public String code() {
    return "R14";
  }

  @Override
  public String title() {
    return "unexecuted value";
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_UNEXECUTED)) {
      return proposal.unset(this, LimitKey.MAX_UNEXECUTED);
    }
    if (proposal.price() == null) {
      return proposal.refused(this, null, null, "the order has no price to be valued at");
    }
    Outcome strictest = null;
    for (ScopedLimit limit : proposal.limits().all(LimitKey.MAX_UNEXECUTED)) {
      if (!limit.limit().isUnlimited()) {
        strictest = Outcome.stricter(strictest, held(proposal, limit));
      }
    }
    return strictest == null ? proposal.pass(this, null, null) : strictest;
  }

  private Outcome held(Proposal proposal, ScopedLimit limit) {
    BigDecimal bound = limit.limit().bound();
    BigDecimal before =
        proposal
            .group()
            .aggregates()
            .unexecuted(limit.scope())
            .subtract(proposal.targetOpenValue());
    BigDecimal observed = before.add(proposal.openValue());
    return observed.compareTo(bound) <= 0
        ? proposal.pass(this, observed, bound)
        : proposal.permitted(
            this,
            observed,
            bound,
            proposal.quantityFor(bound.subtract(before)).max(proposal.reducibleQty()),
            "the value of orders at work would be above max_unexecuted at " + limit.scope());
  }
}
