package io.sluice.domain.risk.rule;

import io.sluice.domain.config.CorrelationSizing;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * P08: of an order whose correlation with what the account has elsewhere is above the profile's
 * bound a part passes. The correlation is that with the bet that is closest to the order; one that
 * is not configured counts as 1. Where sizes do not adapt all of it passes. What brings the
 * position closer to flat always passes.
 */
public final class CorrelatedSize extends Rule {
  private static final String CODE = "P08";

  public CorrelatedSize() {
    super(CODE, "size by correlation");
  }

  @Override
  public Outcome check(Proposal proposal) {
    CorrelationSizing sizing = proposal.profile().sizing().correlation();
    if (sizing == null) {
      return unset(proposal, "the profile has no correlation");
    }
    BigDecimal closest = closest(proposal);
    boolean shrinks =
        closest != null
            && sizing.shrinkAbove() != null
            && closest.compareTo(sizing.shrinkAbove()) > 0
            && proposal.group().terms().adaptive();
    return shrinks
        ? permitted(
            proposal,
            closest,
            sizing.shrinkAbove(),
            proposal.openQty().multiply(sizing.size()).max(proposal.reducibleQty()),
            "the account bets the same way where the correlation is above shrink_above: "
                + sizing.size().toPlainString()
                + " of the order passes")
        : pass(proposal, closest, sizing.shrinkAbove());
  }

  /** Null where the account has nothing elsewhere. */
  private static BigDecimal closest(Proposal proposal) {
    BigDecimal closest = null;
    Scope own = Scope.account(proposal.book().account().id());
    for (CorrelatedBet bet : CorrelatedBet.of(proposal, own)) {
      BigDecimal correlation = bet.correlation() == null ? BigDecimal.ONE : bet.correlation();
      closest = closest == null ? correlation : closest.max(correlation);
    }
    return closest;
  }

  /** Of an order that opens, what is held against the correlation that the profile warns above. */
  public static Optional<BigDecimal> watched(Proposal proposal, Ruling ruling) {
    CorrelationSizing sizing = proposal.profile().sizing().correlation();
    boolean reduces = proposal.reducibleQty().compareTo(proposal.openQty()) >= 0;
    if (sizing == null || sizing.warnAbove() == null || reduces) {
      return Optional.empty();
    }
    return ruling.outcomes().stream()
        .filter(outcome -> outcome.rule().equals(CODE))
        .map(Outcome::observed)
        .map(observed -> observed == null ? BigDecimal.ZERO : observed)
        .findFirst();
  }
}
