package io.sluice.domain.risk.rule;

import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.Consequence;

/**
 * R33: neither the instrument nor its asset is on the restricted list of a scope the order is in.
 * Where it is, only what brings the position closer to flat passes.
 */
public final class RestrictedList extends Rule {
  public RestrictedList() {
    super("R33", "restricted list");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Restriction restriction =
        proposal
            .group()
            .aggregates()
            .restriction(proposal.instrument(), proposal.limits().scopes());
    return restriction == null
        ? pass(proposal, null, null)
        : inState(
            proposal, null, null, proposal.reducibleQty(), why(restriction), Consequence.REDUCING);
  }

  private static String why(Restriction restriction) {
    return "the "
        + restriction.target()
        + " is on the restricted list of "
        + restriction.scope()
        + " by the command "
        + restriction.commandId()
        + "; only orders that reduce a position pass until "
        + (restriction.untilUs() == Long.MAX_VALUE
            ? "it is taken off"
            : Times.iso(restriction.untilUs()));
  }
}
