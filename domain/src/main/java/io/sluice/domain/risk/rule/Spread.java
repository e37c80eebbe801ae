package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/** R27: to open or grow a position, the quote is at most this wide, as a fraction of its middle. */
public final class Spread extends MarketCondition {
  public Spread() {
    super("R27", "spread", LimitKey.MAX_SPREAD);
  }

  @Override
  BigDecimal observed(Proposal proposal) {
    return hasFreshQuote(proposal) ? spread(proposal) : null;
  }

  @Override
  String beyond() {
    return "the quote is wider";
  }

  @Override
  String missing(Proposal proposal) {
    return NO_QUOTE;
  }
}
