package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R13: at most so many orders are at work, the new one included. An amendment adds none; to make
 * room, cancel: a cancel always passes.
 */
public final class OpenOrders implements Rule {
  @Override
  public String code() {
    return "R13";
  }

  @Override
  public String title() {
    return "open orders";
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_OPEN_ORDERS)) {
      return proposal.unset(this, LimitKey.MAX_OPEN_ORDERS);
    }
    Outcome strictest =
        proposal.limits().strictest(LimitKey.MAX_OPEN_ORDERS, limit -> held(proposal, limit));
    return strictest == null ? proposal.pass(this, null, null) : strictest;
  }

  private Outcome held(Proposal proposal, ScopedLimit limit) {
    BigDecimal bound = limit.limit().bound();
    int added = proposal.target() == null ? 1 : 0;
    long atWork = proposal.group().aggregates().ordersAtWork(limit.scope());
    BigDecimal observed = BigDecimal.valueOf(atWork + added);
    return added == 0 || observed.compareTo(bound) <= 0
        ? proposal.pass(this, observed, bound)
        : proposal.refused(
            this,
            observed,
            bound,
            "there would be more orders at work than max_open_orders at "
                + limit.scope()
                + "; cancel one, or wait for one to end");
  }
}
