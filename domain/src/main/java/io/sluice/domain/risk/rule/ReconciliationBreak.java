package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R40: the account's books and what the venue reports do not differ in this many things. The breach
 * is found where a fill or a snapshot is booked; it ends when the venue's snapshot agrees with the
 * books again, or a person resumes the account.
 */
public final class ReconciliationBreak extends BreakerRule {
  public ReconciliationBreak() {
    super("R40", "reconciliation break", LimitKey.MAX_RECON_BREAKS);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    return BigDecimal.valueOf(
        proposal.group().aggregates().openBreaks(proposal.book().account().id()));
  }
}
