package io.sluice.domain.ledger;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * An account's books and risk at the end of a minute. Amounts are in its currency.
 *
 * @param minuteUs the end of the minute, epoch microseconds
 * @param seq of the group's newest line then
 * @param limitsVersion which limits were in force
 * @param pnlDay since the UTC day began
 * @param pnlWeek of this UTC day and the six before
 * @param drawdown fall of equity from its peak, a fraction of the peak; null without one
 * @param exposure positions, and what works, at their worse side
 * @param utilisation the largest used part of a {@code max_gross} limit that holds the account;
 *     null where none does
 * @param losses losing round trips in a row
 * @param multipliers of the newest order that was asked for
 * @param isHalted whether the account, or one of its wider scopes, is halted by command
 */
public record AccountRisk(
    String group,
    String account,
    long minuteUs,
    long seq,
    long limitsVersion,
    long paramsVersion,
    BigDecimal equity,
    BigDecimal cash,
    BigDecimal pnlDay,
    BigDecimal pnlWeek,
    BigDecimal realised,
    BigDecimal unrealised,
    BigDecimal fees,
    BigDecimal peakEquity,
    BigDecimal drawdown,
    BigDecimal maxDrawdown,
    BigDecimal exposure,
    BigDecimal utilisation,
    BigDecimal reservedCash,
    int openPositions,
    int openOrders,
    int losses,
    boolean isHalted,
    Multipliers multipliers) {

  /**
   * @param pnlBefore of the six days before
   */
  static AccountRisk of(
      GroupState state,
      AccountBook book,
      long minuteUs,
      BigDecimal pnlBefore,
      Multipliers multipliers) {
    Scope scope = Scope.account(book.account().id());
    BigDecimal peak = state.aggregates().peakEquity(scope);
    BigDecimal pnlDay = pnlDay(state, book);
    return new AccountRisk(
        state.group(),
        book.account().id(),
        minuteUs,
        state.seq(),
        state.limitsVersion(),
        state.paramsVersion(),
        book.equity(),
        book.cash(),
        pnlDay,
        pnlDay.add(pnlBefore),
        book.realised(),
        book.unrealised(),
        book.fees(),
        peak,
        peak.signum() > 0 ? Decimals.divide(peak.subtract(book.equity()), peak) : null,
        state.deepestDrawdown(scope),
        book.exposure(),
        utilisation(state, book),
        book.reservedCash(),
        (int) book.holdings().stream().filter(held -> !held.position().isFlat()).count(),
        (int) book.orders().all().stream().filter(order -> order.openQty().signum() > 0).count(),
        book.lossesInARow(),
        isHalted(state, book),
        multipliers);
  }

  static BigDecimal pnlDay(GroupState state, AccountBook book) {
    return state.aggregates().dailyLoss(Scope.account(book.account().id())).negate();
  }

  private static BigDecimal utilisation(GroupState state, AccountBook book) {
    BigDecimal most = null;
    for (var holding : book.holdings()) {
      var instrument = state.instrument(holding.instrument());
      if (instrument == null) {
        continue;
      }
      for (ScopedLimit limit :
          state.limits(book.account(), null, instrument, null).all(LimitKey.MAX_GROSS)) {
        BigDecimal bound = limit.limit().bound();
        boolean isOfAccounts = limit.scope().kind().compareTo(Scope.Kind.ACCOUNT) <= 0;
        if (isOfAccounts && bound != null && bound.signum() > 0) {
          BigDecimal used = Decimals.divide(state.aggregates().exposure(limit.scope()), bound);
          most = most == null ? used : most.max(used);
        }
      }
    }
    return most;
  }

  private static boolean isHalted(GroupState state, AccountBook book) {
    String desk = book.account().desk();
    return state.aggregates().haltedBy(Scope.FIRM) != null
        || desk != null && state.aggregates().haltedBy(Scope.desk(desk)) != null
        || state.aggregates().haltedBy(Scope.account(book.account().id())) != null;
  }

  /** Of what it says, whatever the minute. */
  long digest() {
    return Sha256.prefix(
        String.join(
                " ",
                limitsVersion + " " + paramsVersion,
                Decimals.plain(equity),
                Decimals.plain(cash),
                Decimals.plain(pnlDay),
                Decimals.plain(pnlWeek),
                Decimals.plain(exposure),
                utilisation == null ? "" : Decimals.plain(utilisation),
                Decimals.plain(reservedCash),
                openPositions + " " + openOrders + " " + losses + " " + isHalted,
                multipliers.plain())
            .getBytes(StandardCharsets.UTF_8));
  }
}
