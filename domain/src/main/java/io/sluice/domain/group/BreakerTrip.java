package io.sluice.domain.group;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.Breaker;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Release;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** What happens when a limit that latches is reached, and when its breach is over. */
final class BreakerTrip {
  private BreakerTrip() {}

  static Breaker breaker(LimitKey key, Scope scope, Limit limit) {
    return new Breaker(key, scope, limit.then(), limit.release().kind());
  }

  /** Latches the breaker, says so and does what its limit says; while it lasts it does nothing. */
  static void trip(
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

  /** When what latches now ends by itself; Long.MAX_VALUE where it does not. */
  static long untilUs(GroupState state, Limit limit) {
    return switch (limit.release().kind()) {
      case NONE, PERSON, RECOVERED -> Long.MAX_VALUE;
      case NEXT_UTC_DAY -> (Times.utcDay(state.gateTimeUs) + 1) * Times.DAY_US;
      case COOLDOWN -> state.gateTimeUs + limit.release().cooldownUs();
    };
  }

  /**
   * A breach is over and a drawdown or a loss is counted anew from the equity now, a run of losses
   * from 0, differences between the books and the venue from none. A loss that no person can end
   * before the day does stays what it is.
   */
  static void countAnew(GroupState state, Breach breach) {
    switch (breach.key()) {
      case MAX_DRAWDOWN -> state.sums.resetPeak(breach.scope());
      case MAX_CONSECUTIVE_LOSSES -> {
        state.books.get(breach.scope().name()).forgetLosses();
        state.touch(breach.scope().name());
      }
      case MAX_DAILY_LOSS, MAX_WEEKLY_LOSS -> {
        if (breach.release() != Release.Kind.NEXT_UTC_DAY) {
          state.sums.rearm(breach.breaker(), state.utcDay);
        }
      }
      case MAX_RECON_BREAKS -> state.breaks.resolve(breach.scope().name());
      case MAX_REENTRIES -> {
        Scope scope = breach.scope();
        state.flow.forgetEntries(scope.accountOfStrategy(), scope.strategyOfAccount());
      }
      case CRITICAL_PORTFOLIO_RISK -> {
        // What positions would lose is not counted from anywhere.
      }
      default -> throw new IllegalArgumentException(breach.key() + " does not latch");
    }
  }
}
