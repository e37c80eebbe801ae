package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R11: one instrument, or one asset on all its venues, is worth at most this part of a scope's
 * equity, working orders included. Observed and limit are in money.
 */
public final class Concentration extends ExposureLimit {
  public Concentration() {
    super("R11", "concentration", LimitKey.MAX_CONCENTRATION, LimitKey.MAX_ASSET_CONCENTRATION);
  }

  @Override
  BigDecimal exposure(Proposal proposal, LimitKey key, Scope scope) {
    Aggregates aggregates = proposal.group().aggregates();
    return key == LimitKey.MAX_CONCENTRATION
        ? aggregates.exposureIn(scope, proposal.instrument().id())
        : aggregates.exposureInAsset(scope, proposal.instrument().base());
  }

  @Override
  BigDecimal inMoney(Proposal proposal, Scope scope, BigDecimal bound) {
    Aggregates aggregates = proposal.group().aggregates();
    return aggregates.isUnpriced(scope)
        ? null
        : bound.multiply(aggregates.equity(scope).max(BigDecimal.ZERO));
  }
}
