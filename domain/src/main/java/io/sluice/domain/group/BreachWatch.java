package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.flow.Entries;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.LossAtStops;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds breaches of the limits that latch, where a loss is booked: what is observed reaches the
 * bound.
 */
final class BreachWatch {
  /** An average comes near a drawdown that lasts and never quite to it. */
  private static final double NEAR = 1 - 1e-9;

  private BreachWatch() {}

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

  /** After limits have changed. */
  static void checkAll(GroupState state, Effects effects) {
    check(state, state.books.values(), effects);
    for (AccountBook book : state.books.values()) {
      checkLosses(state, book, effects);
      checkBreaks(state, book, effects);
    }
    for (Entries entries : state.flow.entries()) {
      checkReentries(state, entries.account(), entries.strategy(), entries.instrument(), effects);
    }
  }

  /**
   * After a difference between the books and the venue was found or went away, or limits have
   * changed: with the last of them the breach ends.
   */
  static void checkBreaks(GroupState state, AccountBook book, Effects effects) {
    Scope own = Scope.account(book.account().id());
    BigDecimal open = BigDecimal.valueOf(state.breaks.count(book.account().id()));
    if (open.signum() == 0) {
      for (Breach ended : state.breaches.takeReset(LimitKey.MAX_RECON_BREAKS, own)) {
        event(
            Event.Type.RESUME,
            Event.Severity.INFO,
            ended.breaker(),
            effects,
            detail -> detail.name("ended").value(ended.key().key()).name("by").value("agreement"));
      }
      return;
    }
    for (ScopedLimit scoped : state.latches(book.account()).all(LimitKey.MAX_RECON_BREAKS)) {
      Limit limit = scoped.limit();
      if (open.compareTo(limit.bound()) >= 0) {
        Breaker breaker = breaker(LimitKey.MAX_RECON_BREAKS, own, limit);
        trip(state, breaker, limit, open, limit.bound(), Event.Type.BREACH, effects);
      }
    }
  }

  /** After a strategy has entered an instrument: too often within the window, and it is stopped. */
  static void checkReentries(
      GroupState state, String account, String strategy, String instrument, Effects effects) {
    Scope own = Scope.strategy(account, strategy);
    long reentries = state.flow.reentries(account, strategy, instrument, state.gateTimeUs);
    BigDecimal observed = BigDecimal.valueOf(reentries);
    for (ScopedLimit scoped : ofReentries(state, account, strategy)) {
      Limit limit = scoped.limit();
      if (!limit.isUnlimited() && observed.compareTo(limit.bound()) >= 0) {
        trip(
            state,
            breaker(LimitKey.MAX_REENTRIES, own, limit),
            limit,
            observed,
            limit.bound(),
            Event.Type.BREACH,
            effects);
      }
    }
  }

  /** Whether a limit bounds how often a strategy enters an instrument. */
  static boolean boundsReentries(GroupState state, String account, String strategy) {
    return !ofReentries(state, account, strategy).isEmpty();
  }

  private static List<ScopedLimit> ofReentries(GroupState state, String account, String strategy) {
    List<ScopedLimit> wider =
        state.latches(state.books.get(account).account()).all(LimitKey.MAX_REENTRIES);
    Scope own = Scope.strategy(account, strategy);
    List<Limit> tiers = state.limitsAt(own).tiers(LimitKey.MAX_REENTRIES);
    if (tiers.isEmpty()) {
      return wider;
    }
    List<ScopedLimit> limits = new ArrayList<>(wider);
    tiers.forEach(limit -> limits.add(new ScopedLimit(own, limit)));
    return limits;
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
      state.utilisation.observed(
          scope, breaker.key().key() + " " + limit.then(), fall.observed(), fall.limit(), effects);
    }
    boolean isReached = fall.reaches(BigDecimal.ONE);
    if (limit.terms().smoothingUs() > 0) {
      // The average moves on whether or not the drawdown itself is there.
      isReached &= isReachedOnAverage(state, scope, limit, fall);
    }
    if (isReached) {
      trip(state, breaker, limit, fall.observed(), fall.limit(), Event.Type.BREACH, effects);
    } else if (!state.breaches.isEmpty()) {
      recover(state, breaker, limit, fall, effects);
    }
  }

  private static Breaker breaker(LimitKey key, Scope scope, Limit limit) {
    return new Breaker(key, scope, limit.then(), limit.release().kind());
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

  /**
   * After a round trip was lost or limits have changed: a run of losses trips once, and each
   * further loss of the run does so again.
   */
  static void checkLosses(GroupState state, AccountBook book, Effects effects) {
    BigDecimal losses = BigDecimal.valueOf(book.lossesInARow());
    Scope own = Scope.account(book.account().id());
    for (ScopedLimit scoped : state.latches(book.account()).all(LimitKey.MAX_CONSECUTIVE_LOSSES)) {
      Limit limit = scoped.limit();
      if (limit.then() != Consequence.WARN
          && state.utilisation.isWorthALook(own, losses, limit.bound())) {
        String used = LimitKey.MAX_CONSECUTIVE_LOSSES.key() + " " + limit.then();
        state.utilisation.observed(own, used, losses, limit.bound(), effects);
      }
    }
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
    if (strictest == null) {
      return;
    }
    boolean isFirst = BigDecimal.valueOf(book.haltedAtLosses()).compareTo(strictest.bound()) < 0;
    Event.Type type = isFirst ? Event.Type.CONSECUTIVE_LOSSES : Event.Type.BREACH;
    book.haltedForLosses();
    state.touch(book.account().id());
    Breaker breaker = breaker(LimitKey.MAX_CONSECUTIVE_LOSSES, own, strictest);
    Breach lasting = state.breaches.of(breaker);
    if (lasting != null && lasting.untilUs() <= untilUs(state, strictest)) {
      state.breaches.forget(breaker);
    }
    trip(state, breaker, strictest, losses, strictest.bound(), type, effects);
  }

  private static void trip(
      GroupState state,
      Breaker breaker,
      Limit limit,
      BigDecimal observed,
      BigDecimal bound,
      Event.Type type,
      Effects effects) {
    long untilUs = untilUs(state, limit);
    if (state.breaches.isCovered(breaker, untilUs)) {
      return;
    }
    long trips =
        state.breaches.trip(
            new Breach(breaker, state.gateTimeUs, untilUs, bound, limit.terms().rearms()));
    Consumer<JsonWriter> what =
        detail ->
            detail
                .name("limit")
                .value(breaker.key().key())
                .name("observed")
                .value(observed)
                .name("bound")
                .value(bound)
                .name("then")
                .value(limit.then());
    event(
        type,
        severity(breaker.key(), limit.then()),
        breaker,
        effects,
        detail -> {
          what.accept(detail);
          detail
              .name("until_us")
              .value(untilUs == Long.MAX_VALUE ? (Long) null : (Long) untilUs)
              .name("trips")
              .value(trips);
        });
    if (limit.terms().announces()) {
      event(Event.Type.TRADING_HALTED, Event.Severity.CRITICAL, breaker, effects, what);
    }
    if (limit.then() == Consequence.FLATTEN) {
      GateOrders.flatten(
          state, breaker.scope(), Decision.Origin.STOP, breaker.key().key(), effects);
    } else if (limit.terms().cancelsOrders()) {
      GateOrders.requestCancels(
          state, breaker.scope(), Decision.Origin.STOP, breaker.key().key(), effects);
    }
    if (limit.then().halts()) {
      event(
          Event.Type.HALT,
          Event.Severity.CRITICAL,
          breaker,
          effects,
          detail -> detail.name("by").value(breaker.key().key()));
    }
  }

  private static Event.Severity severity(LimitKey key, Consequence then) {
    if (key == LimitKey.CRITICAL_PORTFOLIO_RISK) {
      return Event.Severity.CRITICAL;
    }
    return switch (then) {
      case WARN -> Event.Severity.WARNING;
      case REDUCING, DENY -> Event.Severity.ERROR;
      case HALT, FLATTEN -> Event.Severity.CRITICAL;
    };
  }

  private static void event(
      Event.Type type,
      Event.Severity severity,
      Breaker breaker,
      Effects effects,
      Consumer<JsonWriter> detail) {
    effects.event(type, severity, breaker.scope().toString(), null, detail);
  }

  private static long untilUs(GroupState state, Limit limit) {
    return switch (limit.release().kind()) {
      case NONE, PERSON, RECOVERED -> Long.MAX_VALUE;
      case NEXT_UTC_DAY -> (Times.utcDay(state.gateTimeUs) + 1) * Times.DAY_US;
      case COOLDOWN -> state.gateTimeUs + limit.release().cooldownUs();
    };
  }
}
