package io.sluice.domain.risk;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * A number from 0 to 1 that says how risky an order is, for people and reports: 0.3 (1 -
 * confidence) + 0.25 min(2 x position value / equity, 1) + 0.25 min(drawdown / its bound, 1) + 0.2
 * min(daily volatility / 0.1, 1). The position is the one that the order would make, with what
 * works on its larger side, so that an order in parts is no less risky than the whole. What is not
 * known counts in full.
 */
public final class RiskScore {
  /** Twice the daily volatility above which a market counts as volatile. */
  private static final double FULL_SIGMA_DAILY = 0.1;

  private RiskScore() {}

  public static Double of(Proposal proposal) {
    AccountBook book = proposal.book();
    double confidence = proposal.intent().confidence() == null ? 0 : proposal.intent().confidence();
    double equity = Decimals.toDouble(book.equity());
    double value =
        proposal.price() == null ? Double.NaN : Decimals.toDouble(proposal.exposed().projected());
    double size = equity > 0 ? 2 * value / equity : 1;
    Double sigma = proposal.market().sigmaDaily();
    double volatility = sigma == null ? 1 : sigma / FULL_SIGMA_DAILY;
    return Decimals.canonical(
        weighted(
            1 - confidence, share(size), share(drawdown(proposal, equity)), share(volatility)));
  }

  /** The score of its four parts, each from 0 to 1. */
  static double weighted(double doubt, double size, double drawdown, double volatility) {
    return 0.3 * doubt + 0.25 * size + 0.25 * drawdown + 0.2 * volatility;
  }

  private static double drawdown(Proposal proposal, double equity) {
    Scope scope = Scope.account(proposal.book().account().id());
    BigDecimal peak = proposal.group().aggregates().peakEquity(scope);
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_DRAWDOWN);
    if (peak.signum() <= 0) {
      return 1;
    }
    double fallen = 1 - equity / Decimals.toDouble(peak);
    return bound == null || bound.signum() == 0 ? fallen : fallen / bound.doubleValue();
  }

  private static double share(double part) {
    return part >= 0 && part <= 1 ? part : part < 0 ? 0 : 1;
  }
}
