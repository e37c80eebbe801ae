package io.sluice.domain.group;

import io.sluice.domain.account.Order;
import io.sluice.domain.config.Execution;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.rule.DailyAllocation;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/** What the approval of an order brings about in its account's books. */
final class Approval {
  private Approval() {}

  static void carryOut(GroupState state, Proposal proposal, Ruling ruling) {
    state.touch(proposal.intent().account());
    allocate(state, proposal, ruling);
    boolean opens = opens(proposal, ruling);
    if (proposal.intent().action() == Action.AMEND) {
      amend(state, proposal, ruling);
    } else {
      place(state, proposal, ruling);
    }
    if (opens) {
      setStop(proposal);
    }
  }

  /** What is opened counts where a limit asks for it. */
  private static void allocate(GroupState state, Proposal proposal, Ruling ruling) {
    if (proposal.limits().isUnset(LimitKey.MAX_DAILY_ALLOCATION)) {
      return;
    }
    BigDecimal filled = proposal.qty().subtract(proposal.openQty());
    BigDecimal value = DailyAllocation.opened(proposal, ruling.approvedQty().subtract(filled));
    if (value.signum() > 0) {
      proposal
          .book()
          .allocations()
          .add(proposal.intent().strategy(), Times.utcDay(state.gateTimeUs), value);
    }
  }

  /** Whether an order opens a position, adds to one, or takes it to the other side. */
  private static boolean opens(Proposal proposal, Ruling ruling) {
    boolean adds = proposal.position().signum() * (proposal.side() == Side.BUY ? 1 : -1) >= 0;
    BigDecimal filled = proposal.qty().subtract(proposal.openQty());
    return adds || ruling.approvedQty().subtract(filled).compareTo(proposal.reducibleQty()) > 0;
  }

  /** An order that opens sets how far the position's stop is. */
  private static void setStop(Proposal proposal) {
    BigDecimal distance = proposal.stopDistance();
    if (distance != null) {
      proposal.holding().setStopDistance(distance);
    }
  }

  private static void place(GroupState state, Proposal proposal, Ruling ruling) {
    boolean reduceOnly = proposal.intent().reduceOnly() || ruling.verdict() == Verdict.REDUCE_ONLY;
    proposal
        .book()
        .orders()
        .place(order(proposal, ruling.approvedQty(), reduceOnly, state.gateTimeUs));
  }

  /** The order that a NEW becomes. */
  static Order order(Proposal proposal, BigDecimal qty, boolean reduceOnly, long nowUs) {
    Intent intent = proposal.intent();
    return new Order(
        intent.intentId(),
        intent.intentId(),
        intent.strategy(),
        intent.instrument(),
        intent.side(),
        intent.orderType(),
        intent.timeInForce(),
        qty,
        intent.limitPrice(),
        proposal.price(),
        reduceOnly,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        false,
        null,
        nowUs);
  }

  /**
   * On paper an amendment works at once; a venue has to acknowledge it, and until then both
   * versions are reserved.
   */
  private static void amend(GroupState state, Proposal proposal, Ruling ruling) {
    Order target = proposal.target();
    Order.Amendment amendment =
        new Order.Amendment(
            proposal.intent().intentId(),
            ruling.approvedQty(),
            proposal.limitPrice(),
            proposal.price(),
            ruling.verdict() == Verdict.REDUCE_ONLY);
    boolean onPaper = state.configuration.execution().mode() == Execution.Mode.PAPER;
    Order amended =
        onPaper
            ? target.amended(amendment, state.gateTimeUs)
            : target.withAmendment(amendment, state.gateTimeUs);
    proposal.book().orders().replace(target, amended);
  }
}
