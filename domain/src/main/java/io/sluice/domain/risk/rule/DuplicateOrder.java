package io.sluice.domain.risk.rule;

import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.json.Durations;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * R17: at most so many orders of one strategy with the same instrument, side, type, quantity and
 * price are approved within the duplicate window, this one included. An amendment counts as the
 * order it would become, never against itself.
 */
public final class DuplicateOrder extends Rule {
  public DuplicateOrder() {
    super("R17", "duplicate order");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_DUPLICATES)) {
      return unset(proposal, LimitKey.MAX_DUPLICATES);
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_DUPLICATES);
    if (bound == null) {
      return pass(proposal, null, null);
    }
    OrderFlow flow = proposal.group().flow();
    BigDecimal observed =
        BigDecimal.valueOf(flow.others(proposal.print(), proposal.orderId()) + 1L);
    return observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : refused(
            proposal,
            observed,
            bound,
            "the strategy had as many orders with the same terms approved within "
                + Durations.print(flow.terms().duplicateUs())
                + " as max_duplicates at "
                + proposal.limits().tightest(LimitKey.MAX_DUPLICATES).scope()
                + " allows");
  }
}
