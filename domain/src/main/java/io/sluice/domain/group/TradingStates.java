package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.control.Halts.Halt;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.limit.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The trading state of each scope, as it was last announced. It follows from what is in force there
 * (halts by command, breaches, crashes), so it can neither be forgotten by a restart nor end before
 * what it follows from does.
 */
final class TradingStates {
  /**
   * A state and what it follows from.
   *
   * @param halted the accounts for which a crash halts an instrument that others may still reduce
   */
  private record Cause(TradingState state, List<String> by, List<String> halted) {}

  private final Map<Scope, TradingState> announced = new TreeMap<>();

  /** The scopes that are not active, sorted. */
  Map<Scope, TradingState> announced() {
    return announced;
  }

  TradingState at(Scope scope) {
    return announced.getOrDefault(scope, TradingState.ACTIVE);
  }

  /** After an entry that may have changed what is in force: each scope whose state is another. */
  void announce(GroupState state, Effects effects) {
    Map<Scope, Cause> now = inForce(state);
    TreeSet<Scope> scopes = new TreeSet<>(announced.keySet());
    scopes.addAll(now.keySet());
    for (Scope scope : scopes) {
      Cause cause = now.getOrDefault(scope, new Cause(TradingState.ACTIVE, List.of(), List.of()));
      TradingState before = at(scope);
      if (cause.state != before) {
        if (cause.state == TradingState.ACTIVE) {
          announced.remove(scope);
        } else {
          announced.put(scope, cause.state);
        }
        announce(scope, before, cause, effects);
      }
    }
  }

  private static Map<Scope, Cause> inForce(GroupState state) {
    Map<Scope, Cause> now = new TreeMap<>();
    for (Halt halt : state.halts.all()) {
      if (halt.isInEffect(state.gateTimeUs)) {
        add(
            now,
            halt.scope(),
            halt.reduces() ? TradingState.REDUCING : TradingState.HALTED,
            halt.commandId());
      }
    }
    for (Breach breach : state.breaches.all()) {
      TradingState follows = TradingState.of(breach.then());
      if (follows != TradingState.ACTIVE) {
        add(now, breach.scope(), follows, breach.key().key());
      }
    }
    if (!state.crashed.isEmpty()) {
      List<String> halted = haltedByCrash(state);
      boolean isForAll = !halted.isEmpty() && halted.size() == state.books.size();
      for (String instrument : state.crashed) {
        Scope scope = Scope.instrument(instrument);
        add(now, scope, isForAll ? TradingState.HALTED : TradingState.REDUCING, "flash_crash");
        Cause cause = now.get(scope);
        if (cause.state != TradingState.HALTED) {
          now.put(scope, new Cause(cause.state, cause.by, halted));
        }
      }
    }
    return now;
  }

  /** The accounts whose profile halts or flattens while a crash rule is active. */
  private static List<String> haltedByCrash(GroupState state) {
    List<String> halted = new ArrayList<>();
    for (AccountBook book : state.books.values()) {
      if (state.profile(book.account()).flashCrash().halts()) {
        halted.add(book.account().id());
      }
    }
    return halted;
  }

  private static void add(Map<Scope, Cause> now, Scope scope, TradingState state, String by) {
    Cause known = now.get(scope);
    List<String> all = known == null ? new ArrayList<>(1) : known.by;
    all.add(by);
    TradingState strictest =
        known != null && known.state.compareTo(state) > 0 ? known.state : state;
    now.put(scope, new Cause(strictest, all, List.of()));
  }

  private static void announce(Scope scope, TradingState before, Cause cause, Effects effects) {
    Event.Severity severity =
        switch (cause.state) {
          case ACTIVE -> Event.Severity.INFO;
          case REDUCING -> Event.Severity.ERROR;
          case HALTED -> Event.Severity.CRITICAL;
        };
    effects.event(
        Event.Type.TRADING_STATE,
        severity,
        scope.toString(),
        scope.kind() == Scope.Kind.INSTRUMENT ? scope.name() : null,
        detail -> {
          detail.name("from").value(before).name("to").value(cause.state).name("by").beginArray();
          cause.by.forEach(detail::value);
          detail.endArray();
          if (!cause.halted.isEmpty()) {
            detail.name("halted_accounts").beginArray();
            cause.halted.forEach(detail::value);
            detail.endArray();
          }
        });
  }
}
