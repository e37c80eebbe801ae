package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.control.LimitLayers.CommandLimits;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.util.List;

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
        loosened(state, command.scope(), limits), answer -> set(state, command, limits, answer));
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
  }

  private static String loosened(GroupState state, Scope scope, LimitSet limits) {
    for (var entry : limits.limits().entrySet()) {
      if (loosens(state, scope, entry.getKey(), entry.getValue())) {
        return entry.getKey().key() + " would be loosened";
      }
    }
    return null;
  }

  /**
   * A limit loosens where it is looser than the one it takes the place of; and a required one where
   * an account has none of its kind, because without it every order is refused.
   */
  private static boolean loosens(GroupState state, Scope scope, LimitKey key, List<Limit> limit) {
    List<Limit> now = state.limitsAt(scope).tiers(key);
    if (!now.isEmpty()) {
      return !LimitSet.areAtLeastAsTight(key, limit, now);
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
}
