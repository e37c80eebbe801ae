package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * R10: all positions netted, long against short, with every working order on the order's side
 * filled, are worth at most this much that way. What brings the position closer to flat always
 * passes.
 */
public final class NetExposure extends Rule {
  public NetExposure() {
    super("R10", "net exposure");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Side side = proposal.side();
    LimitKey key = side == Side.BUY ? LimitKey.MAX_NET_LONG : LimitKey.MAX_NET_SHORT;
    if (proposal.limits().isUnset(key)) {
      return unset(proposal, key);
    }
    if (proposal.price() == null) {
      return refused(proposal, null, null, "the order has no price to be valued at");
    }
    LeastRoom least = new LeastRoom();
    for (ScopedLimit limit : proposal.limits().bounding(key)) {
      BigDecimal net = proposal.group().aggregates().netTowards(side, limit.scope());
      least.see(limit.scope(), net, limit.limit().bound());
    }
    return least.isNone() ? pass(proposal, null, null) : held(proposal, key, least);
  }

  private Outcome held(Proposal proposal, LimitKey key, LeastRoom least) {
    BigDecimal bound = least.bound();
    BigDecimal before = least.sum().subtract(proposal.targetOpenValue());
    BigDecimal observed = before.add(proposal.openValue());
    return observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : permitted(
            proposal,
            observed,
            bound,
            proposal.quantityFor(bound.subtract(before)).max(proposal.reducibleQty()),
            "the net exposure would be above " + key.key() + " at " + least.scope());
  }
}
