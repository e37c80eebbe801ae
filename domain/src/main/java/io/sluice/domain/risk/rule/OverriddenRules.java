package io.sluice.domain.risk.rule;

import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import java.math.BigDecimal;

/**
 * K04: how many rules two persons have lifted for this one order. It refuses nothing; the policy
 * lets the rules it names pass.
 */
public final class OverriddenRules extends Rule {
  public OverriddenRules() {
    super("K04", "override");
  }

  @Override
  public Outcome check(Proposal proposal) {
    NamedOverride override = proposal.override();
    return pass(
        proposal, override == null ? null : BigDecimal.valueOf(override.rules().size()), null);
  }
}
