package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds breaches of the limits on what is counted: losses in a row, entries of a strategy,
 * differences between the books and the venue.
 */
final class CountWatch {
  private CountWatch() {}

  /**
   * After a round trip was lost or limits have changed: a run of losses trips once, and each
   * further loss of the run does so again.
   */
  static void checkLosses(GroupState state, AccountBook book, Effects effects) {
    BigDecimal losses = BigDecimal.valueOf(book.lossesInARow());
    Scope own = Scope.account(book.account().id());
    for (ScopedLimit scoped : state.latches(book.account()).all(LimitKey.MAX_CONSECUTIVE_LOSSES)) {
      used(state, LimitKey.MAX_CONSECUTIVE_LOSSES, own, "", scoped.limit(), losses, effects);
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
    Breaker breaker = BreakerTrip.breaker(LimitKey.MAX_CONSECUTIVE_LOSSES, own, strictest);
    Breach lasting = state.breaches.of(breaker);
    if (lasting != null && lasting.untilUs() <= BreakerTrip.untilUs(state, strictest)) {
      state.breaches.forget(breaker);
    }
    BreakerTrip.trip(state, breaker, strictest, losses, strictest.bound(), type, effects);
  }

  /**
   * After a difference between the books and the venue was found or went away, or limits have
   * changed: with the last of them the breach ends.
   */
  static void checkBreaks(GroupState state, AccountBook book, Effects effects) {
    Scope own = Scope.account(book.account().id());
    BigDecimal open = BigDecimal.valueOf(state.breaks.count(book.account().id()));
    List<ScopedLimit> limits = state.latches(book.account()).all(LimitKey.MAX_RECON_BREAKS);
    for (ScopedLimit scoped : limits) {
      used(state, LimitKey.MAX_RECON_BREAKS, own, "", scoped.limit(), open, effects);
    }
    if (open.signum() == 0) {
      for (Breach ended : state.breaches.takeReset(LimitKey.MAX_RECON_BREAKS, own)) {
        effects.event(
            Event.Type.RESUME,
            Event.Severity.INFO,
            ended.scope().toString(),
            null,
            detail -> detail.name("ended").value(ended.key().key()).name("by").value("agreement"));
      }
      return;
    }
    for (ScopedLimit scoped : limits) {
      Limit limit = scoped.limit();
      if (open.compareTo(limit.bound()) >= 0) {
        Breaker breaker = BreakerTrip.breaker(LimitKey.MAX_RECON_BREAKS, own, limit);
        BreakerTrip.trip(state, breaker, limit, open, limit.bound(), Event.Type.BREACH, effects);
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
      if (limit.isUnlimited()) {
        continue;
      }
      used(state, LimitKey.MAX_REENTRIES, own, instrument, limit, observed, effects);
      if (observed.compareTo(limit.bound()) >= 0) {
        BreakerTrip.trip(
            state,
            BreakerTrip.breaker(LimitKey.MAX_REENTRIES, own, limit),
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

  /**
   * How much of a limit is used; what only warns is no limit.
   *
   * @param instrument what is counted there alone, empty where it is not
   */
  private static void used(
      GroupState state,
      LimitKey key,
      Scope own,
      String instrument,
      Limit limit,
      BigDecimal counted,
      Effects effects) {
    if (limit.then() != Consequence.WARN
        && state.utilisation.isWorthALook(own, counted, limit.bound())) {
      String used = key.key() + " " + limit.then();
      state.utilisation.observed(own, used, instrument, counted, limit.bound(), effects);
    }
  }
}
