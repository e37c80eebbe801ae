package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.RestingOrder;
import io.sluice.domain.risk.Rule;

/**
 * R19: an order, and what an amendment would make of it, could not match a resting order of the
 * same firm, whatever its account and strategy. A market order could match any.
 */
public final class SelfMatch extends Rule {
  public SelfMatch() {
    super("R19", "self match");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.group().terms().selfMatch() == NotFed.ALLOW) {
      return unset(proposal, "self_match is not deny");
    }
    RestingOrder resting =
        proposal
            .group()
            .aggregates()
            .restingAgainst(proposal.side(), proposal.instrument().id(), proposal.limitPrice());
    return resting == null
        ? pass(proposal, null, null)
        : refused(
            proposal,
            proposal.limitPrice(),
            resting.price(),
            "the order could match the firm's own order "
                + resting.intentId()
                + " of the account "
                + resting.account()
                + ", which rests at "
                + Decimals.plain(resting.price())
                + "; cancel that one first, or stay off its price");
  }
}
