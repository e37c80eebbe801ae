package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Exposed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * A bound on exposure: the position with all working orders of one side filled, the worse side, in
 * value. Accounts are added up without netting one's long against another's short. What brings the
 * position closer to flat always passes.
 */
abstract class ExposureLimit extends Rule {
  private final LimitKey[] keys;
  private final String unset;

  ExposureLimit(String code, String title, LimitKey... keys) {
    super(code, title);
    this.keys = keys;
    this.unset = LimitKey.unsetText(keys);
  }

  /** The exposure that a limit bounds at a scope, before the order. */
  abstract BigDecimal exposure(Proposal proposal, LimitKey key, Scope scope);

  /** What a limit comes to in money at a scope, or null where that cannot be told. */
  BigDecimal inMoney(Proposal proposal, Scope scope, BigDecimal bound) {
    return bound;
  }

  @Override
  public final Outcome check(Proposal proposal) {
    Outcome strictest = null;
    boolean isSet = false;
    for (LimitKey key : keys) {
      if (!proposal.limits().isUnset(key)) {
        isSet = true;
        strictest = Outcome.stricter(strictest, held(proposal, key));
      }
    }
    return isSet ? strictest : unset(proposal, unset);
  }

  private Outcome held(Proposal proposal, LimitKey key) {
    if (proposal.price() == null) {
      return refused(proposal, null, null, "the order has no price to be valued at");
    }
    Outcome strictest = null;
    LeastRoom least = new LeastRoom();
    for (ScopedLimit limit : proposal.limits().bounding(key)) {
      Scope scope = limit.scope();
      BigDecimal bound = inMoney(proposal, scope, limit.limit().bound());
      if (bound != null && scope.kind() != Scope.Kind.STRATEGY) {
        least.see(scope, exposure(proposal, key, scope), bound);
        continue;
      }
      // What is no bound, or is one on a strategy, to which an order adds something else.
      strictest = Outcome.stricter(strictest, bounded(proposal, proposal.exposed(), least, key));
      least = new LeastRoom();
      strictest =
          Outcome.stricter(
              strictest,
              bound == null
                  ? untold(proposal, key, scope)
                  : ofStrategy(proposal, key, scope, bound));
    }
    strictest = Outcome.stricter(strictest, bounded(proposal, proposal.exposed(), least, key));
    return strictest == null ? pass(proposal, proposal.exposed().projected(), null) : strictest;
  }

  /** A limit on a strategy bounds what is its own, others the account's part. */
  private Outcome ofStrategy(Proposal proposal, LimitKey key, Scope scope, BigDecimal bound) {
    LeastRoom own = new LeastRoom();
    own.see(scope, exposure(proposal, key, scope), bound);
    return bounded(proposal, proposal.exposedOfStrategy(), own, key);
  }

  /**
   * Holds what there would be with the order against the bound that leaves least room for it; null
   * where there is none.
   */
  private Outcome bounded(Proposal proposal, Exposed exposed, LeastRoom least, LimitKey key) {
    if (least.isNone()) {
      return null;
    }
    BigDecimal bound = least.bound();
    BigDecimal others = least.sum().subtract(exposed.current());
    BigDecimal observed = others.add(exposed.projected());
    if (observed.compareTo(bound) <= 0) {
      return pass(proposal, observed, bound);
    }
    BigDecimal before = others.add(exposed.towards());
    BigDecimal room = proposal.quantityFor(bound.subtract(before)).max(proposal.reducibleQty());
    return permitted(
        proposal,
        observed,
        bound,
        room,
        "the exposure would be above " + key.key() + " at " + least.scope());
  }

  private Outcome untold(Proposal proposal, LimitKey key, Scope scope) {
    return permitted(
        proposal,
        null,
        null,
        proposal.reducibleQty(),
        key.key()
            + " at "
            + scope
            + " is a part of its equity, which cannot be told: a position has no price");
  }
}
