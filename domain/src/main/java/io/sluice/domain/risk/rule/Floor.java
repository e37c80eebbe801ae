package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * A bound from below on what is known of the signal behind an order. What brings the position
 * closer to flat always passes: an exit needs no reason.
 */
abstract class Floor extends Rule {
  private final LimitKey key;

  Floor(String code, String title, LimitKey key) {
    super(code, title);
    this.key = key;
  }

  /** What is held against the bound, or null where it has not come. */
  abstract BigDecimal observed(Proposal proposal);

  /** What would have to come for it to be known, and where from. */
  abstract String wanted();

  /** What is wrong where the bound is not reached. */
  abstract String below();

  @Override
  public final Outcome check(Proposal proposal) {
    ScopedLimit limit = proposal.limits().tightest(key);
    if (limit == null) {
      return unset(proposal, key);
    }
    BigDecimal observed = observed(proposal);
    if (limit.limit().isUnlimited()) {
      return pass(proposal, observed, null);
    }
    BigDecimal bound = limit.limit().bound();
    if (observed == null) {
      return notFedToOpen(
          proposal, bound, key.key() + " at " + limit.scope() + " asks for " + wanted());
    }
    Outcome outcome =
        observed.compareTo(bound) >= 0
            ? pass(proposal, observed, bound)
            : permitted(
                proposal,
                observed,
                bound,
                proposal.reducibleQty(),
                below() + " " + key.key() + " at " + limit.scope());
    return outcome.ofFloor();
  }
}
