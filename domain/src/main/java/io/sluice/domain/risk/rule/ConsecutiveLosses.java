package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/** R23: the account has not lost this many round trips in a row. */
public final class ConsecutiveLosses extends BreakerRule {
  public ConsecutiveLosses() {
    super("R23", "consecutive losses", LimitKey.MAX_CONSECUTIVE_LOSSES);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    return BigDecimal.valueOf(proposal.book().lossesInARow());
  }
}
