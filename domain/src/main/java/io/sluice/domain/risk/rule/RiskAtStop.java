package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Exposed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * A bound on what an account would lose at its stops, in units of its equity: exposure, working
 * orders included, times the distance of the stop. What brings the position closer to flat always
 * passes.
 */
abstract class RiskAtStop extends Rule {
  private final LimitKey key;

  RiskAtStop(String code, String title, LimitKey key) {
    super(code, title);
    this.key = key;
  }

  /** What the account's other positions would lose that the limit bounds too; null for unknown. */
  abstract BigDecimal others(Proposal proposal);

  @Override
  public final Outcome check(Proposal proposal) {
    ScopedLimit limit = proposal.limits().tightest(key);
    if (limit == null) {
      return unset(proposal, key);
    }
    BigDecimal bound = limit.limit().bound();
    if (bound == null) {
      return pass(proposal, null, null);
    }
    BigDecimal distance = proposal.stopDistance();
    BigDecimal equity = proposal.book().equity();
    BigDecimal others = others(proposal);
    if (distance == null || others == null || proposal.price() == null || equity.signum() <= 0) {
      return permitted(
          proposal,
          null,
          bound,
          proposal.reducibleQty(),
          "the loss at the stop cannot be told: it needs a price, equity above 0, and a stop in the"
              + " account's profile (of a volatility that is known)");
    }
    Exposed exposed = proposal.exposed();
    BigDecimal observed =
        Decimals.divide(others.add(exposed.projected().multiply(distance)), equity);
    if (observed.compareTo(bound) <= 0) {
      return pass(proposal, observed, bound);
    }
    BigDecimal room =
        Decimals.divide(bound.multiply(equity).subtract(others), distance)
            .subtract(exposed.towards());
    return permitted(
        proposal,
        observed,
        bound,
        proposal.quantityFor(room).max(proposal.reducibleQty()),
        "the loss at the stop, "
            + distance.stripTrailingZeros().toPlainString()
            + " of the exposure, would be above "
            + key.key()
            + " of equity at "
            + limit.scope());
  }
}
