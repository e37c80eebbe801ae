package io.sluice.domain.risk.rule;

import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.json.Durations;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;

/**
 * R18: within the ratio window at most so many messages (approved orders and amendments, cancels)
 * go to the venue for each fill, and so many cancels for each order; none counts as one. Of few
 * messages no ratio is judged. What brings a position closer to flat always passes.
 */
public final class OrderToTrade extends Rule {
  private static final String UNSET =
      LimitKey.unsetText(LimitKey.MAX_ORDER_TO_TRADE, LimitKey.MAX_CANCEL_RATIO);

  public OrderToTrade() {
    super("R18", "order to trade ratio");
  }

  @Override
  public Outcome check(Proposal proposal) {
    if (proposal.limits().isUnset(LimitKey.MAX_ORDER_TO_TRADE)
        && proposal.limits().isUnset(LimitKey.MAX_CANCEL_RATIO)) {
      return unset(proposal, UNSET);
    }
    Outcome outcome =
        Outcome.stricter(
            held(proposal, LimitKey.MAX_ORDER_TO_TRADE), held(proposal, LimitKey.MAX_CANCEL_RATIO));
    return outcome == null ? pass(proposal, null, null) : outcome;
  }

  private Outcome held(Proposal proposal, LimitKey key) {
    return proposal
        .limits()
        .strictest(key, limit -> held(proposal, key, limit.scope(), limit.limit().bound()));
  }

  private Outcome held(Proposal proposal, LimitKey key, Scope scope, BigDecimal bound) {
    OrderFlow flow = proposal.group().flow();
    OrderFlow.Passed passed = flow.passedWithin(scope, proposal.group().gateTimeUs());
    long messages = 1 + passed.messages();
    BigDecimal observed =
        key == LimitKey.MAX_ORDER_TO_TRADE
            ? ratio(messages, passed.fills())
            : ratio(passed.cancels(), passed.orders());
    if (messages < flow.terms().ratioMinMessages() || observed.compareTo(bound) <= 0) {
      return pass(proposal, observed, bound);
    }
    return permitted(
        proposal,
        observed,
        bound,
        proposal.reducibleQty(),
        (key == LimitKey.MAX_ORDER_TO_TRADE
                ? "the messages for each fill"
                : "the cancels for each order")
            + " within "
            + Durations.print(flow.terms().ratioUs())
            + " are above "
            + key.key()
            + " at "
            + scope
            + "; wait until the window has passed");
  }

  private static BigDecimal ratio(long of, long to) {
    return Decimals.divide(BigDecimal.valueOf(of), BigDecimal.valueOf(Math.max(to, 1)));
  }
}
