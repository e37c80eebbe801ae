package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/** P01: equity has not fallen by this much over seven UTC days, today included. */
public final class WeeklyLoss extends BreakerRule {
  public WeeklyLoss() {
    super("P01", "weekly loss", LimitKey.MAX_WEEKLY_LOSS);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    Aggregates aggregates = proposal.group().aggregates();
    return aggregates.isUnpriced(scope) ? null : aggregates.weeklyLoss(scope);
  }
}
