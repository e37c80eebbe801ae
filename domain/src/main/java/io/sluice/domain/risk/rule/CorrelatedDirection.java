package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R12: the scope has nothing that bets the same way in an instrument whose correlation with this
 * one is above the bound: the same direction where they move together, the other where they move
 * against each other. What brings the position closer to flat always passes.
 */
public final class CorrelatedDirection extends Rule {
  public CorrelatedDirection() {
    super("R12", "correlated direction");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_CORRELATION)) {
      return unset(proposal, LimitKey.MAX_CORRELATION);
    }
    Outcome strictest =
        proposal
            .limits()
            .strictest(
                LimitKey.MAX_CORRELATION,
                limit -> held(proposal, limit.scope(), limit.limit().bound()));
    return strictest == null ? pass(proposal, null, null) : strictest;
  }

  private Outcome held(Proposal proposal, Scope scope, BigDecimal bound) {
    Outcome strictest = pass(proposal, null, bound);
    for (CorrelatedBet bet : CorrelatedBet.of(proposal, scope)) {
      strictest = Outcome.stricter(strictest, held(proposal, scope, bound, bet));
    }
    return strictest;
  }

  private Outcome held(Proposal proposal, Scope scope, BigDecimal bound, CorrelatedBet bet) {
    BigDecimal observed = bet.correlation();
    if (observed == null) {
      return notFedToOpen(
          proposal,
          bound,
          "the correlation with "
              + bet.instrument()
              + ", in which there is something at "
              + scope
              + ", is neither configured nor estimated within a day; add it to correlations");
    }
    return observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : permitted(
            proposal,
            observed,
            bound,
            proposal.reducibleQty(),
            "there is a bet the same way in "
                + bet.instrument()
                + ", whose correlation is above max_correlation at "
                + scope);
  }
}
