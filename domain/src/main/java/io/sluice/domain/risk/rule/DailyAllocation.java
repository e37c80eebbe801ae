package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * P10: on a UTC day a strategy of an account opens positions for at most this value, at the worst
 * case of its approved orders, whether they fill or not. What brings the position closer to flat
 * takes none of it and always passes.
 */
public final class DailyAllocation extends Rule {
  public DailyAllocation() {
    super("P10", "daily allocation");
  }

  @Override
  public Outcome check(Proposal proposal) {
    ScopedLimit limit = proposal.limits().tightest(LimitKey.MAX_DAILY_ALLOCATION);
    if (limit == null) {
      return unset(proposal, LimitKey.MAX_DAILY_ALLOCATION);
    }
    BigDecimal bound = limit.limit().bound();
    if (bound == null) {
      return pass(proposal, null, null);
    }
    if (proposal.price() == null) {
      return refused(proposal, null, bound, "the order has no price to be valued at");
    }
    BigDecimal before =
        proposal
            .book()
            .allocations()
            .of(proposal.intent().strategy(), Times.utcDay(proposal.group().gateTimeUs()));
    BigDecimal observed = before.add(opened(proposal, proposal.openQty()));
    if (observed.compareTo(bound) <= 0) {
      return pass(proposal, observed, bound);
    }
    BigDecimal left = bound.subtract(before).add(taken(proposal));
    return permitted(
        proposal,
        observed,
        bound,
        proposal.reducibleQty().add(proposal.quantityFor(left)),
        "the strategy would open more today than max_daily_allocation at " + limit.scope());
  }

  /** What an order of this open quantity takes, beyond what its amended version took. */
  public static BigDecimal opened(Proposal proposal, BigDecimal openQty) {
    BigDecimal opening = openQty.subtract(reducible(proposal)).max(BigDecimal.ZERO);
    return proposal.valueOf(opening).subtract(taken(proposal)).max(BigDecimal.ZERO);
  }

  /** What any order here would reduce before it opens. */
  private static BigDecimal reducible(Proposal proposal) {
    return proposal.holding() == null
        ? BigDecimal.ZERO
        : proposal.holding().reducible(proposal.side(), proposal.targetOpenQty());
  }

  /** What of the amended order's open value opens a position. */
  private static BigDecimal taken(Proposal proposal) {
    BigDecimal open = proposal.targetOpenQty();
    BigDecimal opening = open.subtract(reducible(proposal));
    return opening.signum() <= 0
        ? BigDecimal.ZERO
        : Decimals.divide(proposal.targetOpenValue().multiply(opening), open);
  }
}
