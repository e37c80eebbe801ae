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
public final class Funding implements Rule {
  @Override
  public String code() {
    return "R38";
  }

  @Override
  public String title() {
    return "funding";
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_FUNDING)) {
      return proposal.unset(this, LimitKey.MAX_FUNDING);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_FUNDING);
    boolean reduces = proposal.reducibleQty().compareTo(proposal.openQty()) >= 0;
    boolean pays = proposal.instrument().kind() == Instrument.Kind.PERPETUAL;
    if (bound == null || reduces || !pays) {
      return proposal.pass(this, null, bound);
    }
    BigDecimal rate = proposal.market().fundingRate();
    if (rate == null) {
      return proposal.notFed(
          this,
          bound,
          "the newest quote of the instrument has no funding_rate; feed it, or take the limit"
              + " away");
    }
    BigDecimal paid = proposal.side() == Side.BUY ? rate : rate.negate();
    return paid.compareTo(bound) <= 0
        ? proposal.pass(this, paid, bound)
        : proposal.permitted(
            this,
            paid,
            bound,
            proposal.reducibleQty(),
            "the position would pay more funding than max_funding at "
                + proposal.limits().tightest(LimitKey.MAX_FUNDING).scope());
  }
}
