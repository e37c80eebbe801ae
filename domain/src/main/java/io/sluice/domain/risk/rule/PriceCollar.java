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
public final class PriceCollar extends Rule {
  public PriceCollar() {
    super("R05", "price collar");
  }

  @Override
  public Outcome check(Proposal proposal) {
    BigDecimal reference = proposal.referencePrice();
    if (reference == null) {
      return refused(proposal, null, null, "there is no reference price to hold the order against");
    }
    if (proposal.limits().isUnset(LimitKey.COLLAR)) {
      return unset(proposal, LimitKey.COLLAR);
    }
    BigDecimal collar = proposal.limits().bound(LimitKey.COLLAR);
    if (proposal.type() == OrderType.MARKET || collar == null) {
      return pass(proposal, null, null);
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
        ? pass(proposal, distance, furthest)
        : refused(
            proposal,
            distance,
            furthest,
            "the limit price is further from "
                + from
                + " than the collar at "
                + proposal.limits().tightest(LimitKey.COLLAR).scope());
  }
}
