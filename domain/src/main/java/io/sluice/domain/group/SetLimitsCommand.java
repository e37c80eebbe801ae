package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.rule.FedBy;
import java.util.List;
import java.util.Set;

/** SET_LIMITS: sets the limits in its body at its scope, from one time to another. */
final class SetLimitsCommand implements ControlCommand {
  @Override
  public String name() {
    return "SET_LIMITS";
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    LimitSet limits = LimitSet.parse(command.body(), command.scope().kind());
    if (limits.limits().isEmpty()) {
      throw new CommandRefusedException("body sets no limit, expected at least one");
    }
    return new Change(
        loosened(state, command, limits), answer -> set(state, command, limits, answer));
  }

  private static void set(GroupState state, Instruction command, LimitSet limits, Answer answer) {
    state.layers.add(
        new CommandLimits(
            command.id(),
            command.scope(),
            limits,
            command.fromUs(),
            command.untilUs(),
            answer.warrant().mayLoosen()));
    if (command.hasBegun()) {
      state.limitsChanged();
    }
    answer.event(
        Event.Type.LIMITS_SET,
        Event.Severity.WARNING,
        detail -> {
          detail.name("limits").beginObject();
          limits.writeInto(detail);
          detail.endObject().name("limits_version").value(state.limitsVersion());
        });
    BreachWatch.checkAll(state, answer.effects());
    SilenceWatch.limitsChanged(state, answer.effects());
  }

  private static String loosened(GroupState state, Instruction command, LimitSet limits) {
    for (var entry : limits.limits().entrySet()) {
      LimitKey key = entry.getKey();
      List<Limit> now = state.limitsAt(command.scope()).tiers(key);
      if (!now.isEmpty() && !LimitSet.areAtLeastAsTight(key, entry.getValue(), now)) {
        return key.key() + " would be loosened";
      }
      if (key.isRequired() && feeds(state, command, Set.of(key))) {
        return key.key() + " would be loosened: without it every order is refused";
      }
      for (FedBy fed : FedBy.with(key)) {
        if (state.configuration.rules().notFed(fed.rule(), NotFed.ALLOW) == NotFed.DENY
            && feeds(state, command, fed.anyOf())) {
          return key.key()
              + " would be loosened: not_fed is deny for "
              + fed.rule()
              + ", and without the limit orders are refused";
        }
      }
    }
    return null;
  }

  /**
   * Whether a rule that refuses where none of its limits is set has one with the command, for
   * orders that without it have none, now or while the command lasts.
   */
  private static boolean feeds(GroupState state, Instruction command, Set<LimitKey> keys) {
    if (isSet(state, command, command.scope(), keys)) {
      return false;
    }
    for (AccountBook book : state.books.values()) {
      Account account = book.account();
      boolean isSet = state.profile(account).limits().bindsAny(keys);
      for (Scope wider : ScopeSums.scopesOf(account)) {
        isSet |= isSet(state, command, wider, keys);
      }
      if (!isSet && isIn(account, command.scope())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSet(
      GroupState state, Instruction command, Scope scope, Set<LimitKey> keys) {
    return state.layers.bindUntil(command.untilUs(), scope, keys, state.gateTimeUs);
  }

  private static boolean isIn(Account account, Scope scope) {
    return switch (scope.kind()) {
      case FIRM, INSTRUMENT, VENUE -> true;
      case DESK -> scope.name().equals(account.desk());
      case ACCOUNT -> scope.name().equals(account.id());
      case STRATEGY -> scope.accountOfStrategy().equals(account.id());
    };
  }
}
