package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.limit.Scope;
import java.util.EnumSet;
import java.util.Set;

/**
 * REMOVE_USER_RULE: takes away the user rule of a name, whoever set it, from one time to another.
 */
final class RemoveUserRuleCommand implements ControlCommand {
  @Override
  public String name() {
    return "REMOVE_USER_RULE";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.FIRM);
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    String name = command.body().allow("name").text("name");
    if (!state.userRuleLayers.isKnown(name)) {
      throw new CommandRefusedException(
          "there is no user rule " + name + ", expected one of " + state.userRuleLayers.names());
    }
    if (command.fromUs() > command.nowUs() || command.untilUs() != Long.MAX_VALUE) {
      // What takes a rule away for good, at once, makes room.
      SetUserRuleCommand.checkRoom(state);
    }
    return Change.loosening(
        "the user rule " + name + " would be removed",
        answer -> remove(state, command, name, answer));
  }

  private static void remove(GroupState state, Instruction command, String name, Answer answer) {
    state.userRuleLayers.add(
        new NamedRule(command.id(), name, null, command.fromUs(), command.untilUs(), true),
        state.gateTimeUs);
    if (command.hasBegun()) {
      state.userRulesChanged();
    }
    answer.event(
        Event.Type.USER_RULE_REMOVED,
        Event.Severity.WARNING,
        detail ->
            detail.name("name").value(name).name("limits_version").value(state.limitsVersion()));
  }
}
