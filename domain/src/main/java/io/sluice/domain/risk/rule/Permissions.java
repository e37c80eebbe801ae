package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Permission;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import java.util.List;

/**
 * R34: where permissions are configured, one of them covers the account, the strategy, the
 * instrument and the order type.
 */
public final class Permissions extends Rule {
  public Permissions() {
    super("R34", "permission");
  }

  @Override
  public Outcome check(Proposal proposal) {
    List<Permission> permissions = proposal.group().terms().permissions();
    if (permissions.isEmpty()) {
      return unset(proposal, "permissions are not set");
    }
    String account = proposal.intent().account();
    String strategy = proposal.intent().strategy();
    for (Permission permission : permissions) {
      if (permission.covers(account, strategy, proposal.instrument(), proposal.type())) {
        return pass(proposal, null, null);
      }
    }
    return refused(
        proposal,
        null,
        null,
        "the strategy "
            + strategy
            + " of the account "
            + account
            + " has no permission for "
            + proposal.type()
            + " orders in "
            + proposal.instrument().id()
            + "; permissions name who may trade what");
  }
}
