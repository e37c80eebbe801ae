package io.sluice.domain.risk.rule;

import io.sluice.domain.account.Holding;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * A bound on exposure: the position with all working orders of one side filled, the worse side, in
 * value. Accounts are added up without netting one's long against another's short. What brings the
 * position closer to flat always passes.
 */
abstract class ExposureLimit implements Rule {
  private final String code;
  private final String title;
  private final LimitKey key;

  ExposureLimit(String code, String title, LimitKey key) {
    this.code = code;
    this.title = title;
    this.key = key;
  }

  /** The exposure that the limit bounds at a scope, before the order. */
  abstract BigDecimal exposure(Aggregates aggregates, Scope scope, String instrument);

  @Override
  public final String code() {
    return code;
  }

  @Override
  public final String title() {
    return title;
  }

  @Override
  public final Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(key)) {
      return proposal.unset(this, key);
    }
    if (proposal.price() == null) {
      return proposal.refused(this, null, null, "the order has no price to be valued at");
    }
    Holding holding = proposal.holding();
    Side side = proposal.side();
    BigDecimal current = holding == null ? BigDecimal.ZERO : holding.exposure();
    BigDecimal towards =
        holding == null
            ? BigDecimal.ZERO
            : holding.sideValue(side).subtract(proposal.targetOpenValue());
    BigDecimal away = holding == null ? BigDecimal.ZERO : holding.sideValue(side.opposite());
    BigDecimal projected =
        towards.add(proposal.valueOf(proposal.openQty())).max(away).max(BigDecimal.ZERO);
    BigDecimal reducible = proposal.reducibleQty();

    Outcome strictest = null;
    for (ScopedLimit limit : proposal.limits().all(key)) {
      BigDecimal bound = limit.limit().bound();
      if (bound == null) {
        continue;
      }
      BigDecimal others =
          exposure(proposal.group().aggregates(), limit.scope(), proposal.instrument().id())
              .subtract(current);
      BigDecimal observed = others.add(projected);
      BigDecimal room =
          observed.compareTo(bound) <= 0
              ? proposal.openQty()
              : proposal.quantityFor(bound.subtract(others).subtract(towards)).max(reducible);
      String why =
          room.compareTo(proposal.openQty()) >= 0
              ? null
              : "the exposure would be above " + key.key() + " at " + limit.scope();
      Outcome outcome = proposal.permitted(this, observed, bound, room, why);
      if (strictest == null || isStricter(outcome, strictest)) {
        strictest = outcome;
      }
    }
    return strictest == null ? proposal.pass(this, projected, null) : strictest;
  }

  private static boolean isStricter(Outcome a, Outcome b) {
    int order = a.permitted().compareTo(b.permitted());
    return order < 0 || order == 0 && a.headroom().compareTo(b.headroom()) < 0;
  }
}
