package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Sizing;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.RiskScore;
import io.sluice.domain.risk.Rule;
import java.math.BigDecimal;

/**
 * P05: an order whose risk score is above the profile's first bound passes by half, above its
 * second not at all. What brings the position closer to flat always passes.
 */
public final class RiskScoreBound extends Rule {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  public RiskScoreBound() {
    super("P05", "risk score");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Sizing sizing = proposal.profile().sizing();
    if (sizing.halveAbove() == null && sizing.denyAbove() == null) {
      return pass(proposal, null, null);
    }
    BigDecimal score = BigDecimal.valueOf(RiskScore.of(proposal));
    BigDecimal reducible = proposal.reducibleQty();
    if (sizing.denyAbove() != null && score.compareTo(sizing.denyAbove()) > 0) {
      return permitted(
          proposal, score, sizing.denyAbove(), reducible, "the risk score is above deny_above");
    }
    boolean halves = sizing.halveAbove() != null && proposal.group().terms().adaptive();
    if (halves && score.compareTo(sizing.halveAbove()) > 0) {
      return permitted(
          proposal,
          score,
          sizing.halveAbove(),
          proposal.openQty().multiply(HALF).max(reducible),
          "the risk score is above halve_above: half of the order passes");
    }
    return pass(
        proposal, score, sizing.halveAbove() == null ? sizing.denyAbove() : sizing.halveAbove());
  }
}
