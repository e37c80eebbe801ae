package io.sluice.domain.risk.rule;

import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.json.Durations;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Action;
import java.math.BigDecimal;

/**
 * R15: at most so many new orders, and so many amendments, are asked for within the message window,
 * this one and the refused ones included. Cancels are counted too: they always pass, and where
 * there were too many of them nothing else does.
 */
public final class MessageRate extends Rule {
  private static final String NEW_UNSET =
      LimitKey.unsetText(LimitKey.MAX_NEW_RATE, LimitKey.MAX_CANCEL_RATE);
  private static final String AMEND_UNSET =
      LimitKey.unsetText(LimitKey.MAX_AMEND_RATE, LimitKey.MAX_CANCEL_RATE);

  public MessageRate() {
    super("R15", "message rate");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Action action = proposal.intent().action();
    LimitKey own = action == Action.NEW ? LimitKey.MAX_NEW_RATE : LimitKey.MAX_AMEND_RATE;
    if (proposal.limits().isUnset(own) && proposal.limits().isUnset(LimitKey.MAX_CANCEL_RATE)) {
      return unset(proposal, action == Action.NEW ? NEW_UNSET : AMEND_UNSET);
    }
    Outcome outcome =
        Outcome.stricter(
            held(proposal, own, action, 1),
            held(proposal, LimitKey.MAX_CANCEL_RATE, Action.CANCEL, 0));
    return outcome == null ? pass(proposal, null, null) : outcome;
  }

  private Outcome held(Proposal proposal, LimitKey key, Action counted, int added) {
    return proposal.limits().strictest(key, limit -> held(proposal, key, limit, counted, added));
  }

  private Outcome held(
      Proposal proposal, LimitKey key, ScopedLimit limit, Action counted, int added) {
    OrderFlow flow = proposal.group().flow();
    BigDecimal bound = limit.limit().bound();
    BigDecimal observed =
        BigDecimal.valueOf(
            flow.answersWithin(limit.scope(), counted, proposal.group().gateTimeUs()) + added);
    return observed.compareTo(bound) <= 0
        ? pass(proposal, observed, bound)
        : refused(
            proposal,
            observed,
            bound,
            "there are more messages of the kind "
                + counted
                + " within "
                + Durations.print(flow.terms().messageUs())
                + " than "
                + key.key()
                + " at "
                + limit.scope()
                + "; send fewer, refused ones count too");
  }
}
