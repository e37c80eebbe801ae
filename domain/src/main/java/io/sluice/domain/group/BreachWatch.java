package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Collection;

/**
 * Finds breaches of the limits that latch, where a loss is booked: what is observed reaches the
 * bound.
 */
final class BreachWatch {
  private BreachWatch() {}

  /** After accounts' equity has moved: their own scopes and the wider ones. */
  static void check(GroupState state, Collection<AccountBook> books, Effects effects) {
    for (AccountBook book : books) {
      if (!book.isInitialised()) {
        continue;
      }
      Latches latches = state.latches(book.account());
      for (ScopedLimit limit : latches.all(LimitKey.MAX_DAILY_LOSS)) {
        checkDailyLoss(state, limit.scope(), limit.limit(), effects);
      }
      for (ScopedLimit limit : latches.all(LimitKey.MAX_DRAWDOWN)) {
        checkDrawdown(state, limit.scope(), limit.limit(), effects);
      }
    }
  }

  /** After limits have changed. */
  static void checkAll(GroupState state, Effects effects) {
    check(state, state.books.values(), effects);
    for (AccountBook book : state.books.values()) {
      checkLosses(state, book, effects);
    }
  }

  private static void checkDailyLoss(GroupState state, Scope scope, Limit limit, Effects effects) {
    if (state.sums.isUnpriced(scope)) {
      return;
    }
    BigDecimal loss = state.sums.dailyLoss(scope);
    if (loss.compareTo(limit.bound()) >= 0) {
      breach(state, LimitKey.MAX_DAILY_LOSS, scope, limit, loss, Event.Type.BREACH, effects);
    }
  }

  private static void checkDrawdown(GroupState state, Scope scope, Limit limit, Effects effects) {
    if (state.sums.isUnpriced(scope)) {
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
   * After a round trip was lost or limits have changed: a run of losses halts the account once, and
   * each further loss of the run does so again.
   */
  static void checkLosses(GroupState state, AccountBook book, Effects effects) {
    BigDecimal losses = BigDecimal.valueOf(book.lossesInARow());
    if (book.lossesInARow() <= book.haltedAtLosses()) {
      return;
    }
    Limit strictest = null;
    for (ScopedLimit scoped : state.latches(book.account()).all(LimitKey.MAX_CONSECUTIVE_LOSSES)) {
      Limit limit = scoped.limit();
      boolean isReached = losses.compareTo(limit.bound()) >= 0;
      if (isReached && (strictest == null || limit.then().compareTo(strictest.then()) > 0)) {
        strictest = limit;
      }
    }
    if (strictest != null) {
      Scope own = Scope.account(book.account().id());
      Event.Type type =
          book.haltedAtLosses() == 0 ? Event.Type.CONSECUTIVE_LOSSES : Event.Type.BREACH;
      book.haltedForLosses();
      state.touch(book.account().id());
      Breach lasting = state.breaches.get(LimitKey.MAX_CONSECUTIVE_LOSSES, own);
      if (lasting == null || lasting.untilUs() <= untilUs(state, strictest)) {
        state.breaches.forget(LimitKey.MAX_CONSECUTIVE_LOSSES, own);
      }
      breach(state, LimitKey.MAX_CONSECUTIVE_LOSSES, own, strictest, losses, type, effects);
    }
  }

  /**
   * A person has ended a breach: a drawdown is counted from the equity now, a run of losses from
   * none. A day's loss stays what it is.
   */
  static void startOver(GroupState state, Breach ended) {
    if (ended.key() == LimitKey.MAX_DRAWDOWN) {
      state.sums.resetPeak(ended.scope());
    } else if (ended.key() == LimitKey.MAX_CONSECUTIVE_LOSSES) {
      state.books.get(ended.scope().name()).forgetLosses();
      state.touch(ended.scope().name());
    }
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
