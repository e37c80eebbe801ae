package io.sluice.domain.group;

import io.sluice.domain.risk.rule.RuleSet;

/**
 * A configuration is for rules that this build does not have. Nothing after it can be folded
 * either: the gate stops.
 */
public final class UnknownRuleSetException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnknownRuleSetException(String group, int ruleSet) {
    super(
        "the configuration of group "
            + group
            + " is for rule set "
            + ruleSet
            + ", this build has "
            + RuleSet.VERSION
            + "; run the build that has it, or restore an older savepoint");
  }
}
