package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration.Authority;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.domain.control.Halts;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Message;
import java.util.List;
import java.util.function.Consumer;

/** Carries out control commands; one that does not count is refused with an event that says why. */
final class CommandFold {
  private static final String HEARTBEAT = "HEARTBEAT";

  /**
   * Heartbeats come for as long as the gate runs, and one more or less is nothing: they are known
   * by their record, and their ids are not kept.
   */
  static IdWindow.Known known(GroupState state, Command command, Cause cause) {
    if (HEARTBEAT.equals(command.command())) {
      return state.highWater.passes(cause, HEARTBEAT, Message.Kind.CONTROL)
          ? IdWindow.Known.NEW
          : IdWindow.Known.SAME_RECORD;
    }
    return state.commands.know(command.commandId(), Sha256.hex(command.toJson()).substring(0, 32));
  }

  /** The id stands for the command that came first; this one would be lost without a word. */
  void refuseRepeat(Command command, Effects effects) {
    refuse(
        command, "command_id came before with other content, expected an id of its own", effects);
  }

  void fold(GroupState state, Command command, Effects effects) {
    Scope scope = Scope.parse(command.scope());
    String refusal = refusal(state, command, scope);
    if (refusal != null) {
      refuse(command, refusal, effects);
      return;
    }
    switch (command.command()) {
      case "HALT" -> halt(state, command, scope, effects);
      case "RESUME" -> resume(state, command, scope, effects);
      case "SET_LIMITS" -> setLimits(state, command, scope, effects);
      case HEARTBEAT -> heartbeat(state, command, scope, effects);
      default ->
          refuse(
              command,
              command.command()
                  + " is not a command, expected HALT, RESUME, SET_LIMITS or HEARTBEAT",
              effects);
    }
  }

  private static String refusal(GroupState state, Command command, Scope scope) {
    if (scope == null) {
      return "scope is "
          + command.scope()
          + ", expected firm, desk:NAME, account:ID, strategy:ACCOUNT/NAME, instrument:ID or venue:NAME";
    }
    if (state.configuration.groupsOf(scope).isEmpty() && !isOfMarket(scope)) {
      return "scope " + scope + " has no account here, expected a configured one";
    }
    if (untilUs(command) <= fromUs(state, command)) {
      return "expires_at_us is not after the command takes effect, expected a later time";
    }
    return null;
  }

  private static boolean isOfMarket(Scope scope) {
    return switch (scope.kind()) {
      case FIRM, INSTRUMENT, VENUE -> true;
      case DESK, ACCOUNT, STRATEGY -> false;
    };
  }

  private static void halt(GroupState state, Command command, Scope scope, Effects effects) {
    state.halts.add(
        new Halts.Halt(command.commandId(), scope, fromUs(state, command), untilUs(command)));
    event(Event.Type.HALT, Event.Severity.CRITICAL, command, effects, detail -> {});
  }

  private static void resume(GroupState state, Command command, Scope scope, Effects effects) {
    if (state.configuration.authority() != Authority.OPEN) {
      refuse(command, "RESUME loosens, and authority tighten takes only what tightens", effects);
      return;
    }
    if (command.effectiveAtUs() != null && command.effectiveAtUs() > state.gateTimeUs) {
      refuse(
          command,
          "effective_at_us of a RESUME is in the future, expected null: resume when it is time",
          effects);
      return;
    }
    int halts = state.halts.resume(scope);
    List<Breach> breaches = state.breaches.takeResumed(scope);
    for (Breach breach : breaches) {
      if (breach.key() == LimitKey.MAX_DRAWDOWN) {
        state.sums.resetPeak(scope);
      } else if (breach.key() == LimitKey.MAX_CONSECUTIVE_LOSSES) {
        state.books.get(scope.name()).forgetLosses();
        state.touch(scope.name());
      }
    }
    event(
        Event.Type.RESUME,
        Event.Severity.WARNING,
        command,
        effects,
        detail ->
            detail.name("halts_ended").value(halts).name("breaches_ended").value(breaches.size()));
  }

  /** Only who is asked for heartbeats is remembered, so that made-up names take up no memory. */
  private static void heartbeat(GroupState state, Command command, Scope scope, Effects effects) {
    boolean isPromised =
        scope.kind() == Scope.Kind.ACCOUNT
            || scope.kind() == Scope.Kind.STRATEGY
                && state.limitsAt(scope).get(LimitKey.MAX_SILENCE_MS) != null;
    if (isPromised) {
      state.showsLife(scope, command.eventTimeUs());
    } else {
      refuse(
          command,
          "nobody asks for heartbeats of "
              + scope
              + ", expected an account, or a strategy at which max_silence_ms is set",
          effects);
    }
  }

  private static void setLimits(GroupState state, Command command, Scope scope, Effects effects) {
    LimitSet limits;
    try {
      limits = LimitSet.parse(Section.root("body", command.body()), scope.kind());
    } catch (ConfigurationException e) {
      refuse(command, e.getMessage(), effects);
      return;
    }
    if (limits.limits().isEmpty()) {
      refuse(command, "body sets no limit, expected at least one", effects);
      return;
    }
    if (state.configuration.authority() == Authority.TIGHTEN) {
      for (var entry : limits.limits().entrySet()) {
        if (loosens(state, scope, entry.getKey(), entry.getValue())) {
          refuse(
              command,
              entry.getKey().key()
                  + " would be loosened, and authority tighten takes only what tightens",
              effects);
          return;
        }
      }
    }
    long fromUs = fromUs(state, command);
    state.layers.add(
        new CommandLimits(command.commandId(), scope, limits, fromUs, untilUs(command)));
    if (fromUs <= state.gateTimeUs) {
      state.limitsChanged();
    }
    event(
        Event.Type.LIMITS_SET,
        Event.Severity.WARNING,
        command,
        effects,
        detail -> {
          detail.name("limits").beginObject();
          limits.writeInto(detail);
          detail.endObject().name("limits_version").value(state.limitsVersion());
        });
    BreachWatch.checkAll(state, effects);
  }

  /**
   * A limit loosens where it is looser than the one it takes the place of; and a required one where
   * an account has none of its kind, because without it every order is refused.
   */
  private static boolean loosens(GroupState state, Scope scope, LimitKey key, Limit limit) {
    Limit now = state.limitsAt(scope).get(key);
    if (now != null) {
      return !limit.isAtLeastAsTightAs(now);
    }
    if (!key.isRequired()) {
      return false;
    }
    for (AccountBook book : state.books.values()) {
      Account account = book.account();
      boolean isSet = state.profile(account).get(key) != null;
      for (Scope wider : ScopeSums.scopesOf(account)) {
        isSet |= !wider.equals(scope) && state.limitsAt(wider).get(key) != null;
      }
      if (!isSet && isIn(account, scope)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(Account account, Scope scope) {
    return switch (scope.kind()) {
      case FIRM, INSTRUMENT, VENUE -> true;
      case DESK -> scope.name().equals(account.desk());
      case ACCOUNT -> scope.name().equals(account.id());
      case STRATEGY -> scope.accountOfStrategy().equals(account.id());
    };
  }

  private static long fromUs(GroupState state, Command command) {
    return command.effectiveAtUs() == null
        ? state.gateTimeUs
        : Math.max(command.effectiveAtUs(), state.gateTimeUs);
  }

  private static long untilUs(Command command) {
    return command.expiresAtUs() == null ? Long.MAX_VALUE : command.expiresAtUs();
  }

  private static void refuse(Command command, String why, Effects effects) {
    event(
        Event.Type.COMMAND_REFUSED,
        Event.Severity.ERROR,
        command,
        effects,
        detail -> detail.name("why").value(why));
  }

  private static void event(
      Event.Type type,
      Event.Severity severity,
      Command command,
      Effects effects,
      Consumer<JsonWriter> more) {
    effects.event(
        type,
        severity,
        command.scope(),
        null,
        detail -> {
          detail
              .name("command_id")
              .value(command.commandId())
              .name("group")
              .value(effects.group())
              .name("command")
              .value(command.command());
          detail.name("issued_by").value(command.issuedBy()).name("reason").value(command.reason());
          detail.name("effective_at_us").value(command.effectiveAtUs());
          detail.name("expires_at_us").value(command.expiresAtUs());
          more.accept(detail);
        });
  }
}
