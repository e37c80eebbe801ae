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
public final class OpenOrders extends Rule {
  public OpenOrders() {
    super("R13", "open orders");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_OPEN_ORDERS)) {
      return unset(proposal, LimitKey.MAX_OPEN_ORDERS);
    }
    Outcome strictest =
        proposal.limits().strictest(LimitKey.MAX_OPEN_ORDERS, limit -> held(proposal, limit));
    return strictest == null ? pass(proposal, null, null) : strictest;
  }

  private Outcome held(Proposal proposal, ScopedLimit limit) {
    BigDecimal bound = limit.limit().bound();
    int added = proposal.target() == null ? 1 : 0;
    long atWork = proposal.group().aggregates().ordersAtWork(limit.scope());
    BigDecimal observed = BigDecimal.valueOf(atWork + added);
    return added == 0 || observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : refused(
            proposal,
            observed,
            bound,
            "there would be more orders at work than max_open_orders at "
                + limit.scope()
                + "; cancel one, or wait for one to end");
  }
}
