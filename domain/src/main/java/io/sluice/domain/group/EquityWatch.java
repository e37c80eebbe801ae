package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.LossAtStops;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds breaches of the limits on what an equity loses, or would at its stops: of a day, a week,
 * from the peak.
 */
final class EquityWatch {
  /** An average comes near a drawdown that lasts and never quite to it. */
  private static final double NEAR = 1 - 1e-9;

  private EquityWatch() {}

  /** What is held against a bound: a loss that was made or would be, in money. */
  private record Fall(BigDecimal amount, BigDecimal bound, BigDecimal of) {
    boolean reaches(BigDecimal part) {
      return amount.compareTo(bound.multiply(part)) >= 0;
    }

    /** In the limit's unit: money, or a fraction of the peak or of equity. */
    BigDecimal observed() {
      return of == null ? amount : Decimals.divide(amount, of);
    }

    BigDecimal limit() {
      return of == null ? bound : Decimals.divide(bound, of);
    }
  }

  /** After accounts' equity has moved: their own scopes and, once, the wider ones they share. */
  static void check(GroupState state, Collection<AccountBook> books, Effects effects) {
    Set<Scope> checked = new HashSet<>();
    for (AccountBook book : books) {
      if (!book.isInitialised()) {
        continue;
      }
      for (Latches.Latch latch : state.latches(book.account()).ofEquity()) {
        if (!checked.contains(latch.breaker().scope())) {
          checkEquity(state, latch, effects);
        }
      }
      if (books.size() > 1) {
        checked.addAll(ScopeSums.scopesOf(book.account()));
      }
    }
  }

  /** After a mark: what positions would lose at their stops moves with the volatility too. */
  static void checkRisk(GroupState state, AccountBook book, Effects effects) {
    for (Latches.Latch latch : state.latches(book.account()).ofEquity()) {
      if (latch.breaker().key() == LimitKey.CRITICAL_PORTFOLIO_RISK) {
        checkEquity(state, latch, effects);
      }
    }
  }

  /** After time has passed: a drawdown that only lasts moves its average too. */
  static void checkSmoothed(GroupState state, Effects effects) {
    for (AccountBook book : state.books.values()) {
      if (book.isInitialised()) {
        for (Latches.Latch latch : state.latches(book.account()).ofEquity()) {
          if (latch.limit().terms().smoothingUs() > 0) {
            checkEquity(state, latch, effects);
          }
        }
      }
    }
  }

  private static void checkEquity(GroupState state, Latches.Latch latch, Effects effects) {
    Breaker breaker = latch.breaker();
    Limit limit = latch.limit();
    Scope scope = breaker.scope();
    Fall fall = state.sums.isUnpriced(scope) ? null : fall(state, breaker, limit);
    if (fall == null) {
      return;
    }
    if (limit.then() != Consequence.WARN
        && fall.bound().signum() > 0
        && state.utilisation.isWorthALook(scope, fall.amount(), fall.bound())) {
      String used = breaker.key().key() + " " + limit.then();
      state.utilisation.observed(scope, used, "", fall.observed(), fall.limit(), effects);
    }
    boolean isReached = fall.reaches(BigDecimal.ONE);
    if (limit.terms().smoothingUs() > 0) {
      // The average moves on whether or not the drawdown itself is there.
      isReached &= isReachedOnAverage(state, scope, limit, fall);
    }
    if (isReached) {
      BreakerTrip.trip(
          state, breaker, limit, fall.observed(), fall.limit(), Event.Type.BREACH, effects);
    } else if (!state.breaches.isEmpty()) {
      recover(state, breaker, limit, fall, effects);
    }
  }

  /** Null where there is nothing to fall from, or it cannot be told. */
  private static Fall fall(GroupState state, Breaker breaker, Limit limit) {
    Scope scope = breaker.scope();
    if (breaker.key() == LimitKey.CRITICAL_PORTFOLIO_RISK) {
      AccountBook book = state.books.get(scope.name());
      BigDecimal loss =
          LossAtStops.of(
              book, state.profile(book.account()).exits(), state.aggregates()::sigmaDaily, null);
      BigDecimal equity = book.equity();
      if (loss == null || loss.signum() == 0 && equity.signum() <= 0) {
        return null;
      }
      // Of no equity every risk is too much.
      return equity.signum() <= 0
          ? new Fall(loss, BigDecimal.ZERO, null)
          : new Fall(loss, limit.bound().multiply(equity), equity);
    }
    if (breaker.key() == LimitKey.MAX_DRAWDOWN) {
      BigDecimal peak = state.sums.peak(scope);
      return peak.signum() <= 0
          ? null
          : new Fall(peak.subtract(state.sums.equity(scope)), limit.bound().multiply(peak), peak);
    }
    BigDecimal loss =
        breaker.key() == LimitKey.MAX_DAILY_LOSS
            ? state.sums.dailyLoss(scope)
            : state.sums.weeklyLoss(scope);
    Losses.Rearmed from = state.sums.losses().rearmed(breaker);
    if (from != null) {
      loss = loss.min(from.equity().subtract(state.sums.equity(scope)));
    }
    BigDecimal bound = limit.resolved(state.sums.losses().dayStart(scope), null).bound();
    return new Fall(loss, bound, null);
  }

  private static boolean isReachedOnAverage(GroupState state, Scope scope, Limit limit, Fall fall) {
    double average =
        state
            .sums
            .losses()
            .smoothed(
                scope,
                limit.terms().smoothingUs(),
                fall.observed().doubleValue(),
                state.gateTimeUs);
    return average >= limit.bound().doubleValue() * NEAR;
  }

  /** A breach that ends with what was observed ends once that is well below the bound. */
  private static void recover(
      GroupState state, Breaker breaker, Limit limit, Fall fall, Effects effects) {
    if (limit.release().recovery() != null
        && state.breaches.of(breaker) != null
        && !fall.reaches(limit.release().recovery())) {
      state.breaches.ended(state.breaches.of(breaker), state.gateTimeUs);
      effects.event(
          Event.Type.RESUME,
          Event.Severity.INFO,
          breaker.scope().toString(),
          null,
          detail -> detail.name("ended").value(breaker.key().key()).name("by").value("recovery"));
    }
  }
}
