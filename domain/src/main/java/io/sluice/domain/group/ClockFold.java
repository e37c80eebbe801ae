package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Execution;
import io.sluice.domain.control.Halts.Halt;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.control.ParameterLayers.CommandParameters;
import io.sluice.domain.control.Restrictions.Restriction;
import io.sluice.domain.control.Timetable;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ClockTick;
import java.math.BigDecimal;
import java.util.List;

/** Lets time pass: what ends or begins by itself does, and a live gate says that it is alive. */
final class ClockFold {

  /**
   * The slot of a clock entry. Live it is that of the gate's time, not of the host that made the
   * entry: one host whose clock is a year ahead would else be the last that is heard for a year.
   */
  static long slotUs(GroupState state, Entry entry, long gateTimeUs) {
    return state.configuration.clock() == Configuration.ClockSource.WALL
        ? gateTimeUs - Math.floorMod(gateTimeUs, ClockTick.SLOT_US)
        : entry.input().eventTimeUs();
  }

  /** Days begin, breaches, halts and commands end or start. */
  static void advance(GroupState state, long gateTimeUs, Effects effects) {
    long before = state.gateTimeUs;
    state.gateTimeUs = gateTimeUs;
    long day = Times.utcDay(gateTimeUs);
    boolean isNewDay = gateTimeUs > 0 && day != state.utcDay;
    if (isNewDay) {
      if (state.utcDay >= 0) {
        TwinFold.daysEnded(state, effects);
        daysEnded(state, day - state.utcDay);
        state.sums.newDay(state.utcDay, day);
      }
      state.utcDay = day;
    }
    halts(state, before, effects);
    limits(state, before, effects);
    if (isNewDay) {
      // A bound of 0 is reached before anything moves, and a week's loss changes with its first
      // day.
      EquityWatch.check(state, state.books.values(), effects);
    }
    restrictions(state, before, effects);
    parameters(state, before, effects);
    userRules(state, before, effects);
    for (NamedOverride over : state.overrides.takeEnded(gateTimeUs)) {
      ended(effects, Event.Type.OVERRIDE_ENDED, over.scope(), over.commandId());
    }
    SilenceWatch.advance(state, effects);
    RolloutFold.advance(state, effects);
    state.ids.forgetBefore(state.idsFromUs(gateTimeUs));
    state.fills.forgetBefore(state.fillsFromUs(gateTimeUs));
    state.flow.advance(gateTimeUs);
    forgetEndedOrders(state);
  }

  /** UTC days have ended, from 1 on: accounts' records take their returns. */
  private static void daysEnded(GroupState state, long ended) {
    for (AccountBook book : state.books.values()) {
      Scope scope = Scope.account(book.account().id());
      if (!state.sums.isUnpriced(scope)) {
        BigDecimal loss = state.sums.dailyLoss(scope);
        book.daysEnded(loss.negate(), loss.add(state.sums.equity(scope)), ended);
        state.touch(book.account().id());
      }
    }
  }

  /**
   * Orders that have ended are known for as long as a venue may still speak of them. On paper
   * nobody does: there they would only be most of what a checkpoint writes.
   */
  static void forgetEndedOrders(GroupState state) {
    boolean onPaper = state.configuration.execution().mode() == Execution.Mode.PAPER;
    long beforeUs = onPaper ? state.gateTimeUs : state.idsFromUs(state.gateTimeUs);
    if (state.gateTimeUs >= state.nextOrderSweepUs) {
      state.nextOrderSweepUs = state.gateTimeUs + Times.SECOND_US;
      for (AccountBook book : state.books.values()) {
        if (book.orders().forgetEndedBefore(beforeUs)) {
          state.touch(book.account().id());
        }
      }
      state.twins.forgetEndedOrders(beforeUs);
    }
  }

  private static void halts(GroupState state, long before, Effects effects) {
    for (Halt halt : state.halts.begunSince(before, state.gateTimeUs)) {
      begins(effects, Event.Type.HALT, Event.Severity.CRITICAL, halt.scope(), halt.commandId());
    }
    for (Breach breach : state.breaches.takeEnded(state.gateTimeUs)) {
      if (breach.rearms()) {
        BreakerTrip.countAnew(state, breach);
      }
      ended(effects, Event.Type.RESUME, breach.scope(), breach.key().key());
      if (breach.key() == LimitKey.MAX_RECON_BREAKS) {
        CountWatch.checkBreaks(state, state.books.get(breach.scope().name()), effects);
      }
    }
    for (Halt halt : state.halts.takeEnded(state.gateTimeUs)) {
      ended(effects, Event.Type.RESUME, halt.scope(), halt.commandId());
    }
  }

  private static void limits(GroupState state, long before, Effects effects) {
    List<CommandLimits> begun = state.layers.begunSince(before, state.gateTimeUs);
    List<CommandLimits> ended = state.layers.takeEnded(state.gateTimeUs);
    if (begun.isEmpty() && ended.isEmpty()) {
      return;
    }
    state.limitsChanged();
    for (CommandLimits limits : begun) {
      begins(
          effects,
          Event.Type.LIMITS_SET,
          Event.Severity.WARNING,
          limits.scope(),
          limits.commandId());
    }
    for (CommandLimits limits : ended) {
      ended(effects, Event.Type.LIMITS_ENDED, limits.scope(), limits.commandId());
    }
    BreachWatch.checkAll(state, effects);
    SilenceWatch.limitsChanged(state, effects);
  }

  private static void restrictions(GroupState state, long before, Effects effects) {
    for (Restriction begun : state.restrictions.begunSince(before, state.gateTimeUs)) {
      begins(
          effects, Event.Type.RESTRICTED, Event.Severity.WARNING, begun.scope(), begun.commandId());
    }
    for (Restriction ended : state.restrictions.takeEnded(state.gateTimeUs)) {
      ended(effects, Event.Type.UNRESTRICTED, ended.scope(), ended.commandId());
    }
  }

  private static void parameters(GroupState state, long before, Effects effects) {
    Timetable<CommandParameters> commands = state.parameterLayers.commands();
    List<CommandParameters> begun = commands.begunSince(before, state.gateTimeUs);
    List<CommandParameters> ended = commands.takeEnded(state.gateTimeUs);
    if (begun.isEmpty() && ended.isEmpty()) {
      return;
    }
    state.parametersChanged();
    for (CommandParameters set : begun) {
      begins(
          effects, Event.Type.PARAMETERS_SET, Event.Severity.WARNING, Scope.FIRM, set.commandId());
    }
    for (CommandParameters set : ended) {
      ended(effects, Event.Type.PARAMETERS_ENDED, Scope.FIRM, set.commandId());
    }
  }

  private static void userRules(GroupState state, long before, Effects effects) {
    List<NamedRule> begun = state.userRuleLayers.begunSince(before, state.gateTimeUs);
    List<NamedRule> ended = state.userRuleLayers.takeEnded(state.gateTimeUs);
    if (begun.isEmpty() && ended.isEmpty()) {
      return;
    }
    state.userRulesChanged();
    for (NamedRule said : begun) {
      Event.Type type =
          said.rule() == null ? Event.Type.USER_RULE_REMOVED : Event.Type.USER_RULE_SET;
      begins(effects, type, Event.Severity.WARNING, Scope.FIRM, said.commandId());
    }
    for (NamedRule said : ended) {
      ended(effects, Event.Type.USER_RULE_ENDED, Scope.FIRM, said.commandId());
    }
  }

  /** What was commanded before takes effect now. */
  private static void begins(
      Effects effects, Event.Type type, Event.Severity severity, Scope scope, String commandId) {
    effects.event(
        type,
        severity,
        scope.toString(),
        null,
        detail -> detail.name("command_id").value(commandId).name("begins").value(true));
  }

  private static void ended(Effects effects, Event.Type type, Scope scope, String what) {
    effects.event(
        type,
        Event.Severity.INFO,
        scope.toString(),
        null,
        detail -> detail.name("ended").value(what).name("by").value("time"));
  }

  void fold(GroupState state, Entry entry, Effects effects) {
    state.clockSlotUs = slotUs(state, entry, state.gateTimeUs);
    if (state.configuration.clock() == Configuration.ClockSource.WALL) {
      EquityWatch.checkSmoothed(state, effects);
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
                .name("params_version")
                .value(state.paramsVersion())
                .name("configuration_hash")
                .value(state.configurationHash)
                .name("halts")
                .value(state.halts.inEffect(state.gateTimeUs))
                .name("breaches")
                .value(state.breaches.size())
                .name("stale")
                .value(state.stale.size()));
  }
}
