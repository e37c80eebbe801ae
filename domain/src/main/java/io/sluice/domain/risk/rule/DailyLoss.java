package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/** R21: equity has not fallen by this much since the start of the UTC day. */
public final class DailyLoss extends BreakerRule {
  public DailyLoss() {
    super("R21", "daily loss", LimitKey.MAX_DAILY_LOSS);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    Aggregates aggregates = proposal.group().aggregates();
    return aggregates.isUnpriced(scope) ? null : aggregates.dailyLoss(scope);
  }
}
