package io.sluice.domain.group;

import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.Action;

/** The user rules that only say so. */
final class UserAlerts {
  private UserAlerts() {}

  /** One that cannot be evaluated says that. */
  static void say(Proposal proposal, Effects effects) {
    if (proposal.intent().action() == Action.CANCEL || !proposal.isComplete()) {
      return;
    }
    for (UserRule rule : proposal.group().userRules()) {
      if (rule.then() != UserRule.Action.ALERT) {
        continue;
      }
      String failure = null;
      try {
        if (!rule.holds(proposal)) {
          continue;
        }
      } catch (RuntimeException e) {
        // Whatever an expression comes upon in a defective intent, the intent gets its answer.
        failure = e instanceof IllegalStateException ? e.getMessage() : e.toString();
      }
      userAlert(proposal, rule, failure, effects);
    }
  }

  private static void userAlert(Proposal proposal, UserRule rule, String failure, Effects effects) {
    effects.event(
        Event.Type.USER_ALERT,
        failure == null ? Event.Severity.WARNING : Event.Severity.ERROR,
        "account:" + proposal.intent().account(),
        proposal.intent().instrument(),
        detail ->
            detail
                .name("user_rule")
                .value(rule.name())
                .name("intent_id")
                .value(proposal.intent().intentId())
                .name("failure")
                .value(failure));
  }
}
