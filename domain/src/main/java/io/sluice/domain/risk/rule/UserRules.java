package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.userrule.UserRule;
import java.math.BigDecimal;

/**
 * U01: the rules that users wrote. The strictest that holds counts; one that cannot be evaluated
 * refuses. What reduces a position is not spared: users say so in their conditions.
 */
public final class UserRules extends Rule {
  public static final String CODE = "U01";

  public UserRules() {
    super(CODE, "user rules");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Outcome strictest = null;
    for (UserRule rule : proposal.group().userRules()) {
      if (rule.then() != UserRule.Action.ALERT) {
        Outcome outcome = outcome(proposal, rule);
        if (strictest == null || outcome.permitted().compareTo(strictest.permitted()) < 0) {
          strictest = outcome;
        }
      }
    }
    return strictest == null
        ? notFed(proposal, null, "there is no user rule that holds orders back", NotFed.ALLOW)
        : strictest;
  }

  private Outcome outcome(Proposal proposal, UserRule rule) {
    boolean holds;
    try {
      holds = rule.holds(proposal);
    } catch (IllegalStateException e) {
      return refused(
          proposal,
          null,
          null,
          "the user rule "
              + rule.name()
              + " cannot be evaluated ("
              + e.getMessage()
              + "); correct its condition, as with a test for null");
    }
    if (!holds) {
      return pass(proposal, null, null);
    }
    String why = "the user rule " + rule.name() + " holds";
    if (rule.then() == UserRule.Action.DENY) {
      return refused(proposal, null, null, why);
    }
    BigDecimal part = proposal.openQty().multiply(rule.factor());
    return permitted(proposal, null, rule.factor(), part, why + "; a part of the order passes");
  }
}
