package io.sluice.domain.risk.rule;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.LossAtStops;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * P07: the account's positions, stopped out together, would not lose this part of equity. P03 keeps
 * orders from going there; this is for what the market does to positions that stand.
 */
public final class CriticalPortfolioRisk extends BreakerRule {
  public CriticalPortfolioRisk() {
    super("P07", "critical portfolio risk", LimitKey.CRITICAL_PORTFOLIO_RISK);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    AccountBook book = proposal.book();
    BigDecimal loss =
        LossAtStops.of(
            book, proposal.profile().exits(), proposal.group().aggregates()::sigmaDaily, null);
    return loss == null || book.equity().signum() <= 0
        ? null
        : Decimals.divide(loss, book.equity());
  }
}
