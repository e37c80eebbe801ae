package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.flow.OrderFlow.Traffic;
import io.sluice.domain.risk.Limits;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import java.math.BigDecimal;

/** Counts what accounts send and what comes of it, where a limit bounds that. */
final class FlowFold {
  private FlowFold() {}

  /** An intent was answered. A refused one is a message too; one that goes nowhere is no order. */
  static void answered(GroupState state, Proposal proposal, Ruling ruling, Effects effects) {
    if (proposal.book() == null) {
      return;
    }
    Intent intent = proposal.intent();
    Limits limits =
        proposal.limits() == null
            ? limits(state, proposal.book(), intent.strategy(), null)
            : proposal.limits();
    Action action = intent.action();
    if (action != null) {
      for (Scope scope :
          limits.scopesOf(
              LimitKey.MAX_NEW_RATE, LimitKey.MAX_AMEND_RATE, LimitKey.MAX_CANCEL_RATE)) {
        state.flow.answered(scope, action, state.gateTimeUs);
      }
    }
    if (action == Action.CANCEL) {
      passed(state, limits, Traffic.CANCELS);
    } else if (ruling.approvedQty().signum() > 0) {
      passed(state, limits, action == Action.NEW ? Traffic.ORDERS : Traffic.AMENDMENTS);
      approved(state, proposal, limits);
      entered(state, proposal, ruling, limits, effects);
    }
  }

  private static Limits limits(
      GroupState state, AccountBook book, String strategy, Instrument instrument) {
    return state.limits(book.account(), strategy, instrument, null);
  }

  private static void passed(GroupState state, Limits limits, Traffic kind) {
    for (Scope scope : limits.scopesOf(LimitKey.MAX_ORDER_TO_TRADE, LimitKey.MAX_CANCEL_RATIO)) {
      state.flow.passed(scope, kind, state.gateTimeUs);
    }
  }

  private static void approved(GroupState state, Proposal proposal, Limits limits) {
    OrderFlow flow = state.flow;
    if (limits.bound(LimitKey.MAX_DUPLICATES) != null) {
      flow.approved(proposal.print(), proposal.orderId(), state.gateTimeUs);
    }
    if (limits.bound(LimitKey.MAX_PRICE_DRIFT) != null) {
      flow.priced(
          proposal.intent().account(),
          proposal.instrument().id(),
          proposal.referencePrice(),
          state.gateTimeUs);
    }
  }

  /** What is approved beyond what reduces the position opens or grows it. */
  private static void entered(
      GroupState state, Proposal proposal, Ruling ruling, Limits limits, Effects effects) {
    BigDecimal filled = proposal.qty().subtract(proposal.openQty());
    boolean grows =
        ruling.approvedQty().subtract(filled).compareTo(proposal.reducibleQty()) > 0
            && (proposal.target() == null
                || ruling.approvedQty().compareTo(proposal.target().qty()) > 0);
    Intent intent = proposal.intent();
    if (!grows) {
      return;
    }
    String instrument = proposal.instrument().id();
    if (CountWatch.boundsReentries(state, intent.account(), intent.strategy())) {
      state.flow.entered(intent.account(), intent.strategy(), instrument, state.gateTimeUs);
      CountWatch.checkReentries(state, intent.account(), intent.strategy(), instrument, effects);
    }
    for (Scope scope : limits.scopesOf(LimitKey.MIN_OPPOSITE_GAP_MS)) {
      state.flow.traded(
          scope,
          instrument,
          proposal.side(),
          intent.account(),
          intent.strategy(),
          state.gateTimeUs);
    }
  }

  /** A fill was booked. */
  static void filled(GroupState state, AccountBook book, Fill fill) {
    Order order = fill.intentId() == null ? null : book.orders().of(fill.intentId());
    String strategy = order == null ? fill.strategy() : order.strategy();
    passed(
        state, limits(state, book, strategy, state.instrument(fill.instrument())), Traffic.FILLS);
  }
}
