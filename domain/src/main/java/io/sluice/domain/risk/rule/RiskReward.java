package io.sluice.domain.risk.rule;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.Signal;
import java.math.BigDecimal;

/**
 * S02: from the order's price (a market order's reference price) it is at least so many times as
 * far to the take profit as to the stop loss. A stop on the wrong side counts as no reward.
 */
public final class RiskReward extends Floor {
  public RiskReward() {
    super("S02", "risk and reward", LimitKey.MIN_RISK_REWARD);
  }

  @Override
  BigDecimal observed(Proposal proposal) {
    Signal signal = proposal.intent().signal();
    BigDecimal price = proposal.nominalPrice();
    if (price == null || signal.stopLoss() == null || signal.takeProfit() == null) {
      return null;
    }
    BigDecimal ratio = ratio(proposal.side(), signal, price);
    return proposal.type() == OrderType.MARKET && proposal.staleMid() != null
        ? ratio.min(ratio(proposal.side(), signal, proposal.staleMid()))
        : ratio;
  }

  private static BigDecimal ratio(Side side, Signal signal, BigDecimal price) {
    BigDecimal up = signal.takeProfit().subtract(price);
    BigDecimal down = price.subtract(signal.stopLoss());
    BigDecimal reward = side == Side.BUY ? up : up.negate();
    BigDecimal risk = side == Side.BUY ? down : down.negate();
    return risk.signum() <= 0 || reward.signum() <= 0
        ? BigDecimal.ZERO
        : Decimals.divide(reward, risk);
  }

  @Override
  String wanted() {
    return "stop_loss and take_profit, and the intent lacks one; send both as prices";
  }

  @Override
  String below() {
    return "the reward for the risk is below";
  }
}
