package io.sluice.domain.group;

import io.sluice.domain.control.CommandRefusedException;
import io.sluice.domain.control.UserRuleLayers;
import io.sluice.domain.control.UserRuleLayers.NamedRule;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.rule.UserRules;
import io.sluice.domain.risk.userrule.UserRule;
import java.util.EnumSet;
import java.util.Set;

/**
 * SET_USER_RULE: adds the user rule in its body, or puts it in place of the one that has its name,
 * from one time to another. A condition that does not type-check is refused.
 */
final class SetUserRuleCommand implements ControlCommand {
  @Override
  public String name() {
    return "SET_USER_RULE";
  }

  @Override
  public Set<Scope.Kind> scopes() {
    return EnumSet.of(Scope.Kind.FIRM);
  }

  @Override
  public Change read(GroupState state, Instruction command) {
    checkRoom(state);
    UserRule rule = UserRule.parse(command.body());
    return new Change(loosened(state, rule), answer -> set(state, command, rule, answer));
  }

  /**
   * @throws CommandRefusedException where commands say as much of user rules as they may
   */
  static void checkRoom(GroupState state) {
    if (state.userRuleLayers.commands().size() >= UserRuleLayers.MOST) {
      throw new CommandRefusedException(
          UserRuleLayers.MOST
              + " commands say something of user rules, expected fewer: take some away for good, or"
              + " put rules into the configuration");
    }
  }

  private static String loosened(GroupState state, UserRule rule) {
    if (state.userRuleLayers.isKnown(rule.name())) {
      return "the user rule " + rule.name() + " would be replaced";
    }
    boolean feeds =
        rule.then() != UserRule.Action.ALERT
            && state.configuration.rules().notFed(UserRules.CODE, NotFed.ALLOW) == NotFed.DENY
            && !state.userRuleLayers.alwaysHoldsBack();
    return feeds
        ? "not_fed is deny for "
            + UserRules.CODE
            + ", and with a user rule orders would pass that are refused without one"
        : null;
  }

  private static void set(GroupState state, Instruction command, UserRule rule, Answer answer) {
    boolean replaces = state.userRuleLayers.isKnown(rule.name());
    state.userRuleLayers.add(
        new NamedRule(
            command.id(),
            rule.name(),
            rule,
            command.fromUs(),
            command.untilUs(),
            answer.warrant().mayLoosen()),
        state.gateTimeUs);
    if (command.hasBegun()) {
      state.userRulesChanged();
    }
    answer.event(
        Event.Type.USER_RULE_SET,
        Event.Severity.WARNING,
        detail -> {
          detail.name("user_rule");
          rule.write(detail);
          detail.name("replaces").value(replaces);
          detail.name("limits_version").value(state.limitsVersion());
        });
  }
}
