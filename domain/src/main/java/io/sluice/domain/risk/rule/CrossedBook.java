package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R28: to open or grow a position, the bid does not stand this far over the ask, as a fraction of
 * their middle; at 0 a locked quote is refused too. A book that looks so is one that is not up to
 * date.
 */
public final class CrossedBook extends MarketCondition {
  public CrossedBook() {
    super("R28", "crossed book", LimitKey.CROSSED_BOOK);
  }

  @Override
  BigDecimal observed(Proposal proposal) {
    return hasFreshQuote(proposal) ? spread(proposal).negate() : null;
  }

  @Override
  boolean isBeyond(BigDecimal observed, BigDecimal bound) {
    return observed.compareTo(bound) >= 0;
  }

  @Override
  String beyond() {
    return "the quote is locked or crossed: the bid is no less over the ask";
  }

  @Override
  String missing(Proposal proposal) {
    return NO_QUOTE;
  }
}
