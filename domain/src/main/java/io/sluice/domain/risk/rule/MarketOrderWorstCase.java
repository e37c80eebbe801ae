package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.wire.OrderType;

/**
 * R07: a market order is held against every limit at its worst case; one that cannot be priced is
 * refused.
 *
 * <p>The worst case is a fixed fraction above the reference price (market_worst_case), not the
 * collar: a tighter collar would lower the worst case and so let a larger order through, and no
 * tighter limit may do that.
 */
public final class MarketOrderWorstCase extends Rule {
  public MarketOrderWorstCase() {
    super("R07", "market order at worst case");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.referencePrice() == null) {
      return refused(
          proposal,
          null,
          null,
          "there is no price from which the order's worst case could be told");
    }
    return pass(proposal, proposal.type() == OrderType.MARKET ? proposal.price() : null, null);
  }
}
