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
    int added = proposal.target() == null ? 1 : 0;
    Outcome strictest = null;
    for (ScopedLimit limit : proposal.limits().all(LimitKey.MAX_OPEN_ORDERS)) {
      if (limit.limit().isUnlimited()) {
        continue;
      }
      BigDecimal bound = limit.limit().bound();
      BigDecimal observed =
          BigDecimal.valueOf(
              (long) proposal.group().aggregates().ordersAtWork(limit.scope()) + added);
      strictest =
          Outcome.stricter(
              strictest,
              added == 0 || observed.compareTo(bound) <= 0
                  ? proposal.pass(this, observed, bound)
                  : proposal.refused(
                      this,
                      observed,
                      bound,
                      "there would be more orders at work than max_open_orders at "
                          + limit.scope()
                          + "; cancel one, or wait for one to end"));
    }
    return strictest == null ? proposal.pass(this, null, null) : strictest;
  }
}
