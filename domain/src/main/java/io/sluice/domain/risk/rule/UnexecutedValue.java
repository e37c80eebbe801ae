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
public final class UnexecutedValue extends Rule {
  public UnexecutedValue() {
    super("R14", "unexecuted value");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_UNEXECUTED)) {
      return unset(proposal, LimitKey.MAX_UNEXECUTED);
    }
    if (proposal.price() == null) {
      return refused(proposal, null, null, "the order has no price to be valued at");
    }
    LeastRoom least = new LeastRoom();
    for (ScopedLimit limit : proposal.limits().bounding(LimitKey.MAX_UNEXECUTED)) {
      BigDecimal unexecuted = proposal.group().aggregates().unexecuted(limit.scope());
      least.see(limit.scope(), unexecuted, limit.limit().bound());
    }
    return least.isNone() ? pass(proposal, null, null) : held(proposal, least);
  }

  private Outcome held(Proposal proposal, LeastRoom least) {
    BigDecimal bound = least.bound();
    BigDecimal before = least.sum().subtract(proposal.targetOpenValue());
    BigDecimal observed = before.add(proposal.openValue());
    return observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : permitted(
            proposal,
            observed,
            bound,
            proposal.quantityFor(bound.subtract(before)).max(proposal.reducibleQty()),
            "the value of orders at work would be above max_unexecuted at " + least.scope());
  }
}
