package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * R38: to open or grow a position in a perpetual, what its side pays each funding interval is at
 * most this fraction of its value. Longs pay a rate above 0, shorts one below; who is paid passes.
 */
public final class Funding extends Rule {
  public Funding() {
    super("R38", "funding");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_FUNDING)) {
      return unset(proposal, LimitKey.MAX_FUNDING);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_FUNDING);
    boolean reduces = proposal.reducibleQty().compareTo(proposal.openQty()) >= 0;
    boolean pays = proposal.instrument().kind() == Instrument.Kind.PERPETUAL;
    if (bound == null || reduces || !pays) {
      return pass(proposal, null, bound);
    }
    BigDecimal rate = proposal.market().fundingRate();
    if (rate == null) {
      return notFed(
          proposal,
          bound,
          "the newest quote of the instrument has no funding_rate; feed it, or take the limit"
              + " away");
    }
    BigDecimal paid = proposal.side() == Side.BUY ? rate : rate.negate();
    return paid.compareTo(bound) <= 0
        ? pass(proposal, paid, bound)
        : permitted(
            proposal,
            paid,
            bound,
            proposal.reducibleQty(),
            "the position would pay more funding than max_funding at "
                + proposal.limits().tightest(LimitKey.MAX_FUNDING).scope());
  }
}
