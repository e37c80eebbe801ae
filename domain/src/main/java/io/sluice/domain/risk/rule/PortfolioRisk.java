package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.LossAtStops;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/** P03: all positions of the account, stopped out together, lose at most this part of equity. */
public final class PortfolioRisk extends RiskAtStop {
  public PortfolioRisk() {
    super("P03", "portfolio risk", LimitKey.MAX_PORTFOLIO_RISK);
  }

  @Override
  BigDecimal others(Proposal proposal) {
    return LossAtStops.of(
        proposal.book(),
        proposal.profile().exits(),
        proposal.group().aggregates()::sigmaDaily,
        proposal.instrument().id());
  }
}
