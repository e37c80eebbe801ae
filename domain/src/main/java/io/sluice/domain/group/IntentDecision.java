package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Exits;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Intent;
import java.math.BigDecimal;

/** The decision that answers an intent. */
final class IntentDecision {
  private IntentDecision() {}

  static Decision of(
      GroupState state,
      Proposal proposal,
      Ruling ruling,
      Decision.Rollout rollout,
      Effects effects) {
    Intent intent = proposal.intent();
    AccountBook book = proposal.book();
    BigDecimal position =
        book == null || proposal.instrument() == null ? null : proposal.position();
    boolean mayOpen =
        ruling.approvedQty().signum() > 0
            && ruling.verdict() != Verdict.REDUCE_ONLY
            && !proposal.isReduceOnly()
            && proposal.nominalPrice() != null;
    Exits exits = mayOpen ? proposal.profile().exits() : null;
    BigDecimal entry = proposal.nominalPrice();
    BigDecimal distance = exits == null ? null : proposal.stopDistance();
    BigDecimal tick = exits == null ? null : proposal.instrument().tick();
    return new Decision(
        intent.intentId(),
        intent.model() == null ? Decision.Origin.STRATEGY : Decision.Origin.MODEL,
        state.group(),
        intent.account(),
        intent.strategy(),
        intent.instrument(),
        intent.action(),
        intent.targetIntentId(),
        proposal.side(),
        proposal.type(),
        proposal.limitPrice(),
        proposal.timeInForce(),
        proposal.isReduceOnly() || ruling.verdict() == Verdict.REDUCE_ONLY,
        proposal.qty(),
        ruling,
        proposal.referencePrice(),
        exits == null ? null : exits.stopPrice(proposal.side(), entry, distance, tick),
        exits == null ? null : exits.targetPrice(proposal.side(), entry, distance, tick),
        new Decision.Metrics(
            book == null ? null : book.equity(),
            position,
            proposal.referenceAgeUs(),
            proposal.market().sigmaDaily()),
        state.limitsVersion(),
        state.paramsVersion(),
        rollout,
        intent.modelVersion(),
        intent.eventTimeUs(),
        state.gateTimeUs,
        state.gateTimeUs + state.parameters.validForUs(),
        effects.seq(),
        effects.nextSub());
  }
}
