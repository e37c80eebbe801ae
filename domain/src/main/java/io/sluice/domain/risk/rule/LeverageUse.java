package io.sluice.domain.risk.rule;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * P11: an account's positions with all working orders are worth at most this part of its equity
 * times its leverage. Observed and limit are in money.
 */
public final class LeverageUse extends ExposureLimit {
  public LeverageUse() {
    super("P11", "leverage use", LimitKey.MAX_LEVERAGE_USE);
  }

  @Override
  BigDecimal exposure(Proposal proposal, LimitKey key, Scope scope) {
    return proposal.group().aggregates().exposure(scope);
  }

  @Override
  BigDecimal inMoney(Proposal proposal, Scope scope, BigDecimal bound) {
    AccountBook book = proposal.book();
    return proposal.group().aggregates().isUnpriced(scope)
        ? null
        : bound.multiply(book.equity().max(BigDecimal.ZERO)).multiply(book.account().leverage());
  }
}
