package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Durations;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.OrderType;
import java.math.BigDecimal;

/**
 * R06: an order's price (a market order's reference price) is at most this far from where the
 * reference price stood at the account's first order in the instrument within the drift window; of
 * a first order, from where it stands. So orders that each stay near the market cannot walk it
 * away. What brings the position closer to flat always passes.
 */
public final class PriceDrift extends Rule {
  public PriceDrift() {
    super("R06", "price collar over a window");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_PRICE_DRIFT)) {
      return unset(proposal, LimitKey.MAX_PRICE_DRIFT);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_PRICE_DRIFT);
    BigDecimal reference = proposal.referencePrice();
    if (bound == null) {
      return pass(proposal, null, null);
    }
    if (reference == null) {
      return refused(proposal, null, null, "there is no reference price to hold the order against");
    }
    BigDecimal known =
        proposal
            .group()
            .flow()
            .referenceAtStart(
                proposal.intent().account(),
                proposal.instrument().id(),
                proposal.group().gateTimeUs());
    BigDecimal price = proposal.nominalPrice();
    BigDecimal staleMid = proposal.staleMid();
    Outcome outcome = held(proposal, price, known == null ? reference : known, bound);
    if (staleMid != null && known == null) {
      outcome = Outcome.stricter(outcome, held(proposal, price, staleMid, bound));
    }
    if (staleMid != null && proposal.type() == OrderType.MARKET) {
      BigDecimal start = known == null ? reference : known;
      outcome = Outcome.stricter(outcome, held(proposal, staleMid, start, bound));
    }
    return outcome;
  }

  private Outcome held(Proposal proposal, BigDecimal price, BigDecimal start, BigDecimal bound) {
    BigDecimal observed = price.subtract(start).abs();
    BigDecimal furthest = start.multiply(bound);
    return observed.compareTo(furthest) <= 0
        ? pass(proposal, observed, furthest)
        : permitted(
            proposal,
            observed,
            furthest,
            proposal.reducibleQty(),
            "the price is further from "
                + Decimals.plain(start)
                + ", the reference price at the account's first order within "
                + Durations.print(proposal.group().flow().terms().driftUs())
                + ", than max_price_drift at "
                + proposal.limits().tightest(LimitKey.MAX_PRICE_DRIFT).scope());
  }
}
