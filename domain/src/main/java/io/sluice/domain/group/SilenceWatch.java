package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Says when who promised heartbeats becomes silent, and when he is heard of again (K02). */
final class SilenceWatch {
  private SilenceWatch() {}

  /** After time has passed. */
  static void advance(GroupState state, Effects effects) {
    for (Scope who : state.signsOfLife.takeSilent(state.gateTimeUs)) {
      silent(state, who, effects);
    }
  }

  /** After other limits have come into force. */
  static void limitsChanged(GroupState state, Effects effects) {
    Set<Scope> before = new TreeSet<>(state.signsOfLife.silent());
    state.signsOfLife.promised(promisesUs(state), state.gateTimeUs);
    Set<Scope> now = state.signsOfLife.silent();
    for (Scope who : now) {
      if (!before.contains(who)) {
        silent(state, who, effects);
      }
    }
    for (Scope who : before) {
      if (!now.contains(who)) {
        heard(state, who, effects);
      }
    }
  }

  /**
   * Who has promised heartbeats and at most how far apart, in the regime that wants them closest:
   * accounts by every limit at a wider scope too, strategies by their own.
   */
  static Map<Scope, Long> promisesUs(GroupState state) {
    Map<Scope, Long> promises = new TreeMap<>();
    for (AccountBook book : state.books.values()) {
      BigDecimal boundMs =
          state.limits(book.account(), null, null, null).bound(LimitKey.MAX_SILENCE_MS);
      promise(promises, Scope.account(book.account().id()), boundMs);
    }
    for (Scope scope : state.layers.scopes()) {
      if (scope.kind() == Scope.Kind.STRATEGY) {
        for (Limit limit : state.limitsAt(scope).tiers(LimitKey.MAX_SILENCE_MS)) {
          promise(promises, scope, limit.resolved(BigDecimal.ZERO, null).bound());
        }
      }
    }
    return promises;
  }

  private static void promise(Map<Scope, Long> promises, Scope who, BigDecimal boundMs) {
    if (boundMs != null) {
      promises.merge(who, boundMs.movePointRight(3).longValueExact(), Math::min);
    }
  }

  private static void silent(GroupState state, Scope who, Effects effects) {
    event(state, who, Event.Type.SILENT, Event.Severity.ERROR, effects);
    if (cancelsOrders(state, who)) {
      GateOrders.requestCancels(
          state, who, Decision.Origin.STOP, LimitKey.MAX_SILENCE_MS.key(), effects);
    }
  }

  /** Whether one of the limits that ask for somebody's heartbeats wants his orders cancelled. */
  private static boolean cancelsOrders(GroupState state, Scope who) {
    if (who.kind() == Scope.Kind.STRATEGY) {
      return cancelsOrders(state.layersAt(who));
    }
    Account account = state.books.get(who.name()).account();
    boolean cancels = cancelsOrders(List.of(state.profile(account).limits()));
    for (Scope scope : ScopeSums.scopesOf(account)) {
      cancels |= cancelsOrders(state.layersAt(scope));
    }
    return cancels;
  }

  private static boolean cancelsOrders(List<LimitSet> layers) {
    return layers.stream()
        .flatMap(layer -> layer.tiers(LimitKey.MAX_SILENCE_MS).stream())
        .anyMatch(limit -> !limit.isUnlimited() && limit.terms().cancelsOrders());
  }

  static void heard(GroupState state, Scope who, Effects effects) {
    event(state, who, Event.Type.HEARD, Event.Severity.INFO, effects);
  }

  private static void event(
      GroupState state, Scope who, Event.Type type, Event.Severity severity, Effects effects) {
    effects.event(type, severity, who.toString(), null, detail -> write(state, who, detail));
  }

  /** Writes when somebody was last heard of, and how long he may be silent. */
  static void write(GroupState state, Scope who, JsonWriter detail) {
    Long boundUs = state.signsOfLife.promiseUs(who);
    detail.name("last_us").value(state.signsOfLife.lastUs(who));
    detail.name("bound_ms").value(boundUs == null ? null : (Long) (boundUs / 1_000));
  }
}
