package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/** R22: equity has not fallen from its peak by this fraction of the peak. */
public final class Drawdown extends BreakerRule {
  public Drawdown() {
    super("R22", "drawdown", LimitKey.MAX_DRAWDOWN);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    Aggregates aggregates = proposal.group().aggregates();
    return aggregates.isUnpriced(scope) ? null : aggregates.drawdown(scope);
  }
}
