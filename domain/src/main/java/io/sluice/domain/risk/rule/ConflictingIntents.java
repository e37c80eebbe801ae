package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * S01: no other strategy of the scope has had an order the other way in the instrument approved
 * just before: of two that disagree the first goes on. What brings the position closer to flat
 * always passes.
 */
public final class ConflictingIntents extends Rule {
  public ConflictingIntents() {
    super("S01", "conflicting intents");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MIN_OPPOSITE_GAP_MS)) {
      return unset(proposal, LimitKey.MIN_OPPOSITE_GAP_MS);
    }
    Outcome strictest =
        proposal.limits().strictest(LimitKey.MIN_OPPOSITE_GAP_MS, limit -> held(proposal, limit));
    return strictest == null ? pass(proposal, null, null) : strictest;
  }

  private Outcome held(Proposal proposal, ScopedLimit limit) {
    BigDecimal bound = limit.limit().bound();
    Long lastUs =
        proposal
            .group()
            .flow()
            .lastByAnother(
                limit.scope(),
                proposal.instrument().id(),
                proposal.side().opposite(),
                proposal.intent().account(),
                proposal.intent().strategy());
    BigDecimal gapMs =
        lastUs == null ? null : BigDecimal.valueOf(proposal.group().gateTimeUs() - lastUs, 3);
    Outcome outcome =
        gapMs == null || gapMs.compareTo(bound) >= 0
            ? pass(proposal, gapMs, bound)
            : permitted(
                proposal,
                gapMs,
                bound,
                proposal.reducibleQty(),
                "another strategy's order the other way was approved less than"
                    + " min_opposite_gap_ms at "
                    + limit.scope()
                    + " ago");
    return outcome.ofFloor();
  }
}
