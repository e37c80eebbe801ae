package io.sluice.domain.risk;

import io.sluice.domain.account.Holding;
import io.sluice.domain.account.StrategyValues;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * Exposure in the order's instrument, in value: the account's, or what of it is the strategy's own.
 *
 * @param current before the order
 * @param towards on the order's side before it, signed
 * @param projected of the worse side with the order
 */
public record Exposed(BigDecimal current, BigDecimal towards, BigDecimal projected) {
  static Exposed ofStrategy(Proposal proposal) {
    StrategyValues values = proposal.book().strategyValues();
    String instrument = proposal.instrument().id();
    Side side = proposal.side();
    BigDecimal onSide = values.sideValue(proposal.strategy(), instrument, side);
    BigDecimal away = values.sideValue(proposal.strategy(), instrument, side.opposite());
    BigDecimal towards = onSide.subtract(proposal.targetOpenValue());
    return new Exposed(
        onSide.max(away).max(BigDecimal.ZERO),
        towards,
        towards.add(proposal.openValue()).max(away).max(BigDecimal.ZERO));
  }

  static Exposed by(Proposal proposal) {
    Holding holding = proposal.holding();
    if (holding == null) {
      return new Exposed(BigDecimal.ZERO, BigDecimal.ZERO, proposal.openValue());
    }
    BigDecimal towards = holding.sideValue(proposal.side()).subtract(proposal.targetOpenValue());
    BigDecimal away = holding.sideValue(proposal.side().opposite());
    BigDecimal projected = towards.add(proposal.openValue()).max(away).max(BigDecimal.ZERO);
    return new Exposed(holding.exposure(), towards, projected);
  }
}
