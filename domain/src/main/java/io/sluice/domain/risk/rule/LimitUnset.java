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
public final class LimitUnset implements Rule {
  @Override
  public String code() {
    return "R02";
  }

  @Override
  public String title() {
    return "limit unset";
  }

  @Override
  public Outcome check(Proposal proposal) {
    List<LimitKey> missing = proposal.limits().missing();
    return missing.isEmpty()
        ? proposal.pass(this, null, null)
        : proposal.refused(
            this,
            null,
            null,
            missing.stream().map(LimitKey::key).collect(Collectors.joining(", "))
                + " is not set at any scope that applies; set it, or write unlimited");
  }
}
