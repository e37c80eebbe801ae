package io.sluice.domain.group;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ClockTick;

/** Lets time pass: what ends or begins by itself does, and a live gate says that it is alive. */
final class ClockFold {

  /** Days begin, breaches, halts and commands end or start. */
  static void advance(GroupState state, long gateTimeUs, long idsFromUs, Effects effects) {
    long before = state.gateTimeUs;
    state.gateTimeUs = gateTimeUs;
    long day = Times.utcDay(gateTimeUs);
    if (gateTimeUs > 0 && day != state.utcDay) {
      if (state.utcDay >= 0) {
        state.sums.newDay();
      }
      state.utcDay = day;
    }
    for (Breach breach : state.breaches.takeEnded(gateTimeUs)) {
      resumed(effects, breach.scope(), breach.key().key());
    }
    state
        .halts
        .takeEnded(gateTimeUs)
        .forEach(halt -> resumed(effects, halt.scope(), halt.commandId()));
    if (state.layers.changesSince(before, gateTimeUs) > 0) {
      state.limitsChanged();
      BreachWatch.checkAll(state, effects);
    }
    state.ids.forgetBefore(idsFromUs);
    state.forgetEndedOrders(idsFromUs);
  }

  private static void resumed(Effects effects, Scope scope, String ended) {
    effects.event(
        Event.Type.RESUME,
        Event.Severity.INFO,
        scope.toString(),
        null,
        detail -> detail.name("ended").value(ended).name("by").value("time"));
  }

  void fold(GroupState state, ClockTick tick, Effects effects) {
    state.clockSlotUs = tick.eventTimeUs();
    if (state.configuration.clock() == Configuration.ClockSource.WALL) {
      DataWatch.checkAll(state, effects);
      heartbeat(state, effects);
    }
  }

  /** The event clock stands still where nothing is traded, so only the wall clock's has a beat. */
  private static void heartbeat(GroupState state, Effects effects) {
    effects.event(
        Event.Type.HEARTBEAT,
        Event.Severity.INFO,
        state.scope(),
        null,
        detail ->
            detail
                .name("seq")
                .value(effects.seq())
                .name("limits_version")
                .value(state.limitsVersion())
                .name("configuration_hash")
                .value(state.configurationHash)
                .name("halts")
                .value(state.halts.inEffect(state.gateTimeUs))
                .name("breaches")
                .value(state.breaches.all().size())
                .name("stale")
                .value(state.stale.size()));
  }
}
