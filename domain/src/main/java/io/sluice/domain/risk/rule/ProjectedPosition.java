package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R08: the position in the instrument with all working orders is worth at most this much, at every
 * scope.
 */
public final class ProjectedPosition extends ExposureLimit {
  public ProjectedPosition() {
    super("R08", "projected position", LimitKey.MAX_POSITION_NOTIONAL);
  }

  @Override
  BigDecimal exposure(Proposal proposal, LimitKey key, Scope scope) {
    return proposal.group().aggregates().exposureIn(scope, proposal.instrument().id());
  }
}
