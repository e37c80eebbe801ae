package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds breaches of the limits that latch, where a loss is booked: what is observed reaches the
 * bound.
 */
final class BreachWatch {
  private BreachWatch() {}

  /** After accounts' equity has moved: their own scopes and the wider ones, each once. */
  static void check(GroupState state, Collection<AccountBook> books, Effects effects) {
    Set<Scope> checked = new HashSet<>();
    for (AccountBook book : books) {
      if (!book.isInitialised()) {
        continue;
      }
      for (Scope scope : ScopeSums.scopesOf(book.account())) {
        if (checked.add(scope)) {
          checkDailyLoss(state, scope, book.account(), effects);
          checkDrawdown(state, scope, book.account(), effects);
        }
      }
    }
  }

  /** After limits have changed. */
  static void checkAll(GroupState state, Effects effects) {
    check(state, state.books.values(), effects);
  }

  private static void checkDailyLoss(
      GroupState state, Scope scope, Account account, Effects effects) {
    Limit limit = limitAt(state, LimitKey.MAX_DAILY_LOSS, scope, account);
    if (limit == null || limit.isUnlimited() || state.sums.isUnpriced(scope)) {
      return;
    }
    BigDecimal loss = state.sums.dailyLoss(scope);
    if (loss.compareTo(limit.bound()) >= 0) {
      breach(state, LimitKey.MAX_DAILY_LOSS, scope, limit, loss, Event.Type.BREACH, effects);
    }
  }

  private static void checkDrawdown(
      GroupState state, Scope scope, Account account, Effects effects) {
    Limit limit = limitAt(state, LimitKey.MAX_DRAWDOWN, scope, account);
    if (limit == null || limit.isUnlimited() || state.sums.isUnpriced(scope)) {
      return;
    }
    BigDecimal peak = state.sums.peak(scope);
    BigDecimal fallen = peak.subtract(state.sums.equity(scope));
    if (peak.signum() > 0 && fallen.compareTo(limit.bound().multiply(peak)) >= 0) {
      BigDecimal drawdown = Decimals.divide(fallen, peak);
      breach(state, LimitKey.MAX_DRAWDOWN, scope, limit, drawdown, Event.Type.BREACH, effects);
    }
  }

  /**
   * After a losing round trip: a run of losses halts the account, and each further loss of the run
   * does so again.
   */
  static void roundTripLost(GroupState state, AccountBook book, Effects effects) {
    Account account = book.account();
    Limit tightest = null;
    for (Scope scope : ScopeSums.scopesOf(account)) {
      tightest =
          Limit.tighter(tightest, limitAt(state, LimitKey.MAX_CONSECUTIVE_LOSSES, scope, account));
    }
    if (tightest == null || tightest.isUnlimited()) {
      return;
    }
    BigDecimal losses = BigDecimal.valueOf(book.lossesInARow());
    if (losses.compareTo(tightest.bound()) >= 0) {
      Scope own = Scope.account(account.id());
      boolean isFirst = losses.compareTo(tightest.bound()) == 0;
      Event.Type type = isFirst ? Event.Type.CONSECUTIVE_LOSSES : Event.Type.BREACH;
      state.breaches.forget(LimitKey.MAX_CONSECUTIVE_LOSSES, own);
      breach(state, LimitKey.MAX_CONSECUTIVE_LOSSES, own, tightest, losses, type, effects);
    }
  }

  private static Limit limitAt(GroupState state, LimitKey key, Scope scope, Account account) {
    LimitSet atScope = state.limitsAt(scope);
    boolean isOwn = scope.kind() == Scope.Kind.ACCOUNT;
    return isOwn
        ? Limit.tighter(atScope.get(key), state.profile(account).get(key))
        : atScope.get(key);
  }

  private static void breach(
      GroupState state,
      LimitKey key,
      Scope scope,
      Limit limit,
      BigDecimal observed,
      Event.Type type,
      Effects effects) {
    Breach lasting = state.breaches.get(key, scope);
    if (lasting != null && lasting.then().compareTo(limit.then()) >= 0) {
      return;
    }
    long untilUs = untilUs(state, limit);
    state.breaches.put(
        new Breach(key, scope, limit.then(), limit.release().kind(), state.gateTimeUs, untilUs));
    Event.Severity severity =
        limit.then() == Consequence.HALT ? Event.Severity.CRITICAL : Event.Severity.ERROR;
    effects.event(
        type,
        severity,
        scope.toString(),
        null,
        detail ->
            detail
                .name("limit")
                .value(key.key())
                .name("observed")
                .value(observed)
                .name("bound")
                .value(limit.bound())
                .name("then")
                .value(limit.then())
                .name("until_us")
                .value(untilUs == Long.MAX_VALUE ? (Long) null : (Long) untilUs));
    if (limit.then() == Consequence.HALT) {
      effects.event(
          Event.Type.HALT,
          Event.Severity.CRITICAL,
          scope.toString(),
          null,
          detail -> detail.name("by").value(key.key()));
    }
  }

  private static long untilUs(GroupState state, Limit limit) {
    return switch (limit.release().kind()) {
      case NONE, PERSON -> Long.MAX_VALUE;
      case NEXT_UTC_DAY -> (Times.utcDay(state.gateTimeUs) + 1) * Times.DAY_US;
      case COOLDOWN -> state.gateTimeUs + limit.release().cooldownUs();
    };
  }
}
