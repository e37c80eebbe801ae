package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.OrderType;
import java.math.BigDecimal;

/** R05: a limit price is at most this far from the reference price, to either side. */
public final class PriceCollar implements Rule {
  @Override
  public String code() {
    return "R05";
  }

  @Override
  public String title() {
    return "price collar";
  }

  @Override
  public Outcome check(Proposal proposal) {
    BigDecimal reference = proposal.referencePrice();
    if (reference == null) {
      return proposal.refused(
          this, null, null, "there is no reference price to hold the order against");
    }
    if (proposal.limits().isUnset(LimitKey.COLLAR)) {
      return proposal.unset(this, LimitKey.COLLAR);
    }
    BigDecimal collar = proposal.limits().bound(LimitKey.COLLAR);
    if (proposal.type() == OrderType.MARKET || collar == null) {
      return proposal.pass(this, null, null);
    }
    Outcome outcome = held(proposal, reference, collar, "the reference price");
    BigDecimal staleMid = proposal.staleMid();
    return outcome.result() == Result.PASS && staleMid != null
        ? held(proposal, staleMid, collar, "the older quote's mid " + Decimals.plain(staleMid))
        : outcome;
  }

  private Outcome held(Proposal proposal, BigDecimal reference, BigDecimal collar, String from) {
    BigDecimal furthest = reference.multiply(collar);
    BigDecimal distance = proposal.limitPrice().subtract(reference).abs();
    return distance.compareTo(furthest) <= 0
        ? proposal.pass(this, distance, furthest)
        : proposal.refused(
            this,
            distance,
            furthest,
            "the limit price is further from "
                + from
                + " than the collar at "
                + proposal.limits().tightest(LimitKey.COLLAR).scope());
  }
}
