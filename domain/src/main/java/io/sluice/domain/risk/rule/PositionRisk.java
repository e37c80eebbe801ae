package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/** P02: the position, stopped out, loses at most this part of equity. */
public final class PositionRisk extends RiskAtStop {
  public PositionRisk() {
    super("P02", "position risk", LimitKey.MAX_POSITION_RISK);
  }

  @Override
  BigDecimal others(Proposal proposal) {
    return BigDecimal.ZERO;
  }
}
