package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * R02: every required limit is set at some scope that applies, if only to unlimited; one that
 * nobody set permits nothing.
 */
public final class LimitUnset extends Rule {
  public LimitUnset() {
    super("R02", "limit unset");
  }

  @Override
  public Outcome check(Proposal proposal) {
    List<LimitKey> missing = proposal.limits().missing();
    return missing.isEmpty()
        ? pass(proposal, null, null)
        : refused(
            proposal,
            null,
            null,
            missing.stream().map(LimitKey::key).collect(Collectors.joining(", "))
                + " is not set at any scope that applies; set it, or write unlimited");
  }
}
