package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.Map;

/** S04: at least so many time frames point the order's way. */
public final class Confirmations extends Floor {
  public Confirmations() {
    super("S04", "confirmation", LimitKey.MIN_CONFIRMATIONS);
  }

  @Override
  BigDecimal observed(Proposal proposal) {
    Map<String, Side> frames = proposal.intent().signal().confirmations();
    return frames.isEmpty()
        ? null
        : BigDecimal.valueOf(
            frames.values().stream().filter(side -> side == proposal.side()).count());
  }

  @Override
  String wanted() {
    return "confirmations, and the intent has none; send which way each time frame points";
  }

  @Override
  String below() {
    return "fewer time frames point the order's way than";
  }
}
