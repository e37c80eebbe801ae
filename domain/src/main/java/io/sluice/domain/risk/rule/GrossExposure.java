package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R09: positions in all instruments with all working orders are worth at most this much together,
 * at every scope.
 */
public final class GrossExposure extends ExposureLimit {
  public GrossExposure() {
    super("R09", "gross exposure", LimitKey.MAX_GROSS);
  }

  @Override
  BigDecimal exposure(Proposal proposal, LimitKey key, Scope scope) {
    return proposal.group().aggregates().exposure(scope);
  }
}
