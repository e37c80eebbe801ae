package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Account;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Exposed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Quantity;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R37: with the order a margin account stays this far from liquidation. Its margin ratio is the
 * maintenance margin of its exposure over its equity; the venue liquidates at 1. What brings the
 * position closer to flat always passes.
 */
public final class LiquidationDistance extends Rule {
  public LiquidationDistance() {
    super("R37", "liquidation distance");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_MARGIN_RATIO)) {
      return unset(proposal, LimitKey.MAX_MARGIN_RATIO);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_MARGIN_RATIO);
    Account account = proposal.book().account();
    boolean reduces = proposal.reducibleQty().compareTo(proposal.openQty()) >= 0;
    if (bound == null || account.kind() == Account.Kind.CASH || reduces) {
      return pass(proposal, null, bound);
    }
    if (account.maintenanceMargin() == null) {
      return notFed(
          proposal,
          bound,
          "maintenance_margin of the account is not configured; set the fraction of exposure at"
              + " which the venue liquidates");
    }
    if (proposal.price() == null) {
      return refused(proposal, null, bound, "the order has no price to be valued at");
    }
    return held(proposal, account.maintenanceMargin(), bound);
  }

  private Outcome held(Proposal proposal, BigDecimal maintenance, BigDecimal bound) {
    Exposed exposed = proposal.exposed();
    BigDecimal equity = proposal.book().equity();
    Scope own = Scope.account(proposal.book().account().id());
    BigDecimal others = proposal.group().aggregates().exposure(own).subtract(exposed.current());
    BigDecimal exposure =
        others.add(exposed.towards().add(proposal.openValue()).max(BigDecimal.ZERO));
    if (equity.signum() <= 0) {
      return permitted(
          proposal,
          null,
          bound,
          proposal.reducibleQty(),
          "the account has no equity left; only what reduces a position passes");
    }
    BigDecimal observed = Decimals.divide(exposure.multiply(maintenance), equity);
    if (observed.compareTo(bound) <= 0) {
      return pass(proposal, observed, bound);
    }
    BigDecimal most = Quantity.of(bound.multiply(equity), maintenance);
    return permitted(
        proposal,
        observed,
        bound,
        proposal
            .quantityFor(most.subtract(others).subtract(exposed.towards()))
            .max(proposal.reducibleQty()),
        "the maintenance margin would be a larger part of equity than max_margin_ratio at "
            + proposal.limits().tightest(LimitKey.MAX_MARGIN_RATIO).scope()
            + "; at 1 the venue liquidates");
  }
}
