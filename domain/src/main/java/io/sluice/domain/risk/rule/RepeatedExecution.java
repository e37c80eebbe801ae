package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R16: a strategy that has entered an instrument too often within the reentry window is stopped
 * until a person lets it go on. An entry is an approved order, or amendment, that opens or grows a
 * position.
 */
public final class RepeatedExecution extends BreakerRule {
  public RepeatedExecution() {
    super("R16", "repeated automated execution", LimitKey.MAX_REENTRIES);
  }

  @Override
  BigDecimal observed(Proposal proposal, Scope scope) {
    return BigDecimal.valueOf(
        proposal
            .group()
            .flow()
            .reentries(
                proposal.intent().account(),
                proposal.intent().strategy(),
                proposal.instrument().id(),
                proposal.group().gateTimeUs()));
  }
}
