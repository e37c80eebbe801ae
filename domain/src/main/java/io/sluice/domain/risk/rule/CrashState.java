package io.sluice.domain.risk.rule;

import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.Consequence;
import java.math.BigDecimal;

/**
 * R30: while a crash rule is active on the instrument, only what brings the position closer to flat
 * passes; nothing does where the account's profile halts or flattens then.
 */
public final class CrashState extends Rule {
  public CrashState() {
    super("R30", "crash state");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.market().crashes().isEmpty()) {
      return pass(proposal, BigDecimal.ZERO, null);
    }
    CrashRule rule = proposal.market().crashes().get(0);
    Consequence then = proposal.profile().flashCrash();
    return inState(
        proposal,
        BigDecimal.valueOf(proposal.market().crashes().size()),
        BigDecimal.ZERO,
        then.halts() ? BigDecimal.ZERO : proposal.reducibleQty(),
        "the price fell by "
            + rule.drop().toPlainString()
            + " or more within "
            + rule.windowMs()
            + " ms; "
            + (then.halts() ? "no order passes" : "only orders that reduce a position pass")
            + " until the episode ends",
        then);
  }
}
