package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R29: orders shrink as the market moves more. Where the daily volatility is above {@code
 * target_sigma_daily}, the part of each order that passes is the target over the volatility, so
 * that what it may lose in a day stays the same (volatility targeting). Where {@code adaptive} is
 * false the part is 1. What brings the position closer to flat always passes.
 */
public final class VolatilityRegime extends Rule {
  public VolatilityRegime() {
    super("R29", "volatility regime");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.TARGET_SIGMA_DAILY)) {
      return unset(proposal, LimitKey.TARGET_SIGMA_DAILY);
    }
    Double sigma = proposal.market().sigmaDaily();
    BigDecimal observed = sigma == null ? null : Decimals.onWire(sigma);
    BigDecimal target = proposal.limits().bound(LimitKey.TARGET_SIGMA_DAILY);
    boolean reduces = proposal.reducibleQty().compareTo(proposal.openQty()) >= 0;
    if (target == null || reduces || !proposal.group().terms().adaptive()) {
      return pass(proposal, observed, target);
    }
    if (observed == null) {
      return notFed(
          proposal,
          target,
          "the volatility of the instrument is not known before trades of three minutes have come,"
              + " or a whole window of bars; wait, or set adaptive to false");
    }
    if (observed.compareTo(target) <= 0) {
      return pass(proposal, observed, target);
    }
    BigDecimal part = proposal.quantityFor(proposal.openQty().multiply(target), observed);
    return permitted(
        proposal,
        observed,
        target,
        part.max(proposal.reducibleQty()),
        "the daily volatility is above target_sigma_daily at "
            + proposal.limits().tightest(LimitKey.TARGET_SIGMA_DAILY).scope()
            + "; the order shrinks in proportion");
  }
}
