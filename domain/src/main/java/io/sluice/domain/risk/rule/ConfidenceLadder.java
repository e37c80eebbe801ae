package io.sluice.domain.risk.rule;

import io.sluice.domain.config.Sizing;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Quantity;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * P04: an order is at most the base size of its account, and of that the part that the profile
 * gives to its confidence. Without a base size it is that part of what is asked. An order without a
 * confidence has 0; where sizes do not adapt every order has all of it. What brings the position
 * closer to flat always passes.
 */
public final class ConfidenceLadder extends Rule {
  public ConfidenceLadder() {
    super("P04", "size by confidence");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Sizing sizing = proposal.profile().sizing();
    BigDecimal base = proposal.limits().bound(LimitKey.BASE_SIZE);
    if (sizing.ladder().isEmpty() && base == null) {
      return unset(proposal, LimitKey.BASE_SIZE);
    }
    if (base != null && proposal.price() == null) {
      return refused(proposal, null, base, "the order has no price to be valued at");
    }
    Double confidence = proposal.intent().confidence();
    BigDecimal part =
        sizing.ladder().isEmpty() || !proposal.group().terms().adaptive()
            ? BigDecimal.ONE
            : sizing.partAt(confidence == null ? 0 : confidence);
    BigDecimal qty = proposal.qty();
    BigDecimal largest =
        base == null
            ? qty.multiply(part)
            : Quantity.of(base.multiply(part), proposal.valueOf(BigDecimal.ONE));
    BigDecimal filled = qty.subtract(proposal.openQty());
    String why =
        "at a confidence of "
            + (confidence == null ? "nothing, which counts as 0," : confidence)
            + " an order may be "
            + part.toPlainString()
            + " of "
            + (base == null ? "what is asked" : "base_size");
    return permitted(
        proposal, qty, largest, largest.subtract(filled).max(proposal.reducibleQty()), why);
  }
}
