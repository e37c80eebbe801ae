package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Instrument;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scope has in another instrument than the order's.
 *
 * @param correlation how far it moves with what the order would bring, from -1 to 1: below 0 the
 *     one hedges the other; null where it is not known
 */
record CorrelatedBet(String instrument, BigDecimal correlation) {
  static List<CorrelatedBet> of(Proposal proposal, Scope scope) {
    Aggregates aggregates = proposal.group().aggregates();
    List<CorrelatedBet> bets = new ArrayList<>(0);
    for (String other : aggregates.instrumentsOf(scope)) {
      if (other.equals(proposal.instrument().id())) {
        continue;
      }
      for (Side side : Side.values()) {
        if (aggregates.netTowardsIn(side, scope, other).signum() > 0) {
          bets.add(new CorrelatedBet(other, correlation(proposal, other, side)));
        }
      }
    }
    return bets;
  }

  private static BigDecimal correlation(Proposal proposal, String other, Side heldSide) {
    Instrument listed = proposal.group().instrument(other);
    BigDecimal correlation =
        listed == null
            ? null
            : proposal.group().correlation(proposal.instrument().base(), listed.base());
    return correlation == null || heldSide == proposal.side() ? correlation : correlation.negate();
  }
}
