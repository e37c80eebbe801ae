package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/** K01: no scope the order is in is halted by command. */
public final class KillSwitch extends Rule {
  public KillSwitch() {
    super("K01", "kill switch");
  }

  @Override
  public Outcome check(Proposal proposal) {
    for (Scope scope : proposal.limits().scopes()) {
      String command = proposal.group().aggregates().haltedBy(scope);
      if (command != null) {
        return inState(
            proposal,
            null,
            null,
            BigDecimal.ZERO,
            scope
                + " is halted by the command "
                + command
                + " until it is resumed or the command expires",
            Consequence.HALT);
      }
    }
    for (Scope scope : proposal.limits().scopes()) {
      String command = proposal.group().aggregates().reducedBy(scope);
      if (command != null) {
        return inState(
            proposal,
            null,
            null,
            proposal.reducibleQty(),
            scope
                + " may only come closer to flat by the command "
                + command
                + " until it is resumed or the command expires",
            Consequence.REDUCING);
      }
    }
    return pass(proposal, null, null);
  }
}
