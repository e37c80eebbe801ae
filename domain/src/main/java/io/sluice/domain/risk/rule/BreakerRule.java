package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Difference;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * A breaker: while a breach of its limit lasts at any scope the order is in, the breach's
 * consequence holds. The breach itself is found where the loss is booked, not here.
 */
abstract class BreakerRule extends Rule {
  private final LimitKey key;

  BreakerRule(String code, String title, LimitKey key) {
    super(code, title);
    this.key = key;
  }

  /**
   * What is held against the bound at a scope, in the bound's unit; null where it cannot be told.
   */
  abstract BigDecimal observed(Proposal proposal, Scope scope);

  @Override
  public final Outcome check(Proposal proposal) {
    Outcome inBreach = inBreach(proposal);
    if (inBreach != null) {
      return inBreach;
    }
    if (proposal.limits().isUnset(key)) {
      return unset(proposal, key);
    }
    BigDecimal observed = null;
    BigDecimal bound = null;
    Difference least = null;
    for (ScopedLimit limit : proposal.limits().bounding(key)) {
      BigDecimal seen = observed(proposal, limit.scope());
      if (seen == null) {
        return permitted(
            proposal,
            null,
            limit.limit().bound(),
            proposal.reducibleQty(),
            "the loss at "
                + limit.scope()
                + " cannot be told: equity is not above 0, or a position has no price");
      }
      Difference headroom = new Difference(limit.limit().bound(), seen);
      if (least == null || headroom.isBelow(least)) {
        least = headroom;
        observed = seen;
        bound = limit.limit().bound();
      }
    }
    return pass(proposal, observed, bound);
  }

  /** The strictest breach that lasts, or null. */
  private Outcome inBreach(Proposal proposal) {
    Aggregates aggregates = proposal.group().aggregates();
    Breach strictest = null;
    for (Scope scope : proposal.limits().scopes()) {
      Breach breach = aggregates.breach(key, scope);
      if (breach != null
          && breach.then() != Consequence.WARN
          && (strictest == null || breach.then().compareTo(strictest.then()) > 0)) {
        strictest = breach;
      }
    }
    if (strictest == null) {
      return null;
    }
    String why =
        key.key()
            + " was breached at "
            + strictest.scope()
            + "; "
            + strictest.then()
            + " until "
            + end(strictest);
    BigDecimal permitted =
        strictest.then() == Consequence.REDUCING ? proposal.reducibleQty() : BigDecimal.ZERO;
    return inState(
        proposal,
        observed(proposal, strictest.scope()),
        strictest.bound(),
        permitted,
        why,
        strictest.then());
  }

  private static String end(Breach breach) {
    if (breach.release() == Release.Kind.RECOVERED) {
      return "the loss has recovered";
    }
    return breach.untilUs() == Long.MAX_VALUE ? "a person resumes it" : Times.iso(breach.untilUs());
  }
}
