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
abstract class Floor implements Rule {
  private final String code;
  private final String title;
  private final LimitKey key;

  Floor(String code, String title, LimitKey key) {
    this.code = code;
    this.title = title;
    this.key = key;
  }

  /** What is held against the bound, or null where it has not come. */
  abstract BigDecimal observed(Proposal proposal);

  /** What would have to come for it to be known, and where from. */
  abstract String wanted();

  /** What is wrong where the bound is not reached. */
  abstract String below();

  @Override
  public final String code() {
    return code;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final Outcome check(Proposal proposal) {
    ScopedLimit limit = proposal.limits().tightest(key);
    if (limit == null) {
      return proposal.unset(this, key);
    }
    BigDecimal observed = observed(proposal);
    if (limit.limit().isUnlimited()) {
      return proposal.pass(this, observed, null);
    }
    BigDecimal bound = limit.limit().bound();
    if (observed == null) {
      return proposal.notFedToOpen(
          this, bound, key.key() + " at " + limit.scope() + " asks for " + wanted());
    }
    Outcome outcome =
        observed.compareTo(bound) >= 0
            ? proposal.pass(this, observed, bound)
            : proposal.permitted(
                this,
                observed,
                bound,
                proposal.reducibleQty(),
                below() + " " + key.key() + " at " + limit.scope());
    return outcome.ofFloor();
  }
}
