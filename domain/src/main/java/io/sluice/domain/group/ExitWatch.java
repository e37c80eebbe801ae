package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Exits;
import io.sluice.domain.config.Profile;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Breach;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * What a mark brings about beside its value: paper execution fills the gate's own orders, stops and
 * targets are met, and what is to be flat is closed.
 */
final class ExitWatch {
  private final ExecutionFold executions;

  ExitWatch(ExecutionFold executions) {
    this.executions = executions;
  }

  void marked(GroupState state, Mark mark, Effects effects) {
    filled(state, mark, effects);
    for (AccountBook book : state.books.values()) {
      Holding holding = book.holding(mark.instrument());
      if (holding == null || holding.position().isFlat()) {
        continue;
      }
      EquityWatch.checkRisk(state, book, effects);
      Profile profile = state.profile(book.account());
      String why = why(state, book, holding, profile, mark);
      if (why != null) {
        GateOrders.close(state, book, holding, Decision.Origin.STOP, why, effects);
      }
    }
  }

  /** The gate's own orders, at the first mark at or after gate time plus latency. */
  void filled(GroupState state, Mark mark, Effects effects) {
    if (state.gateOrders.isEmpty()
        || state.configuration.execution().mode() != Execution.Mode.PAPER) {
      return;
    }
    for (GateOrders.Live order : state.gateOrders.due(mark.instrument(), state.gateTimeUs)) {
      state.gateOrders.done(order);
      executions.fold(
          state,
          new PaperTick(
              order.intentId(),
              order.account(),
              order.instrument(),
              PaperTick.Status.FILLED,
              mark.last(),
              BigDecimal.ONE,
              mark.eventTimeUs()),
          effects);
    }
  }

  /** Why a position is to be closed, or null. Of a stop and a target met together the stop. */
  private static String why(
      GroupState state, AccountBook book, Holding holding, Profile profile, Mark mark) {
    if (isFlattening(state, book)) {
      return "FLATTEN";
    }
    if (mark.crashed() && profile.flashCrash() == Consequence.FLATTEN) {
      return "FLASH_CRASH";
    }
    Exits exits = profile.exits();
    if (exits.equals(Exits.NONE)) {
      return null;
    }
    boolean isLong = holding.position().qty().signum() > 0;
    Side side = isLong ? Side.BUY : Side.SELL;
    BigDecimal worst = isLong ? mark.low() : mark.high();
    BigDecimal best = isLong ? mark.high() : mark.low();
    BigDecimal entry = holding.position().averagePrice();
    BigDecimal tick = state.tickOf(holding.instrument());
    BigDecimal distance =
        holding.stopDistance() == null
            ? exits.stopDistance(mark.sigmaDaily(), null)
            : holding.stopDistance();
    if (isBeyond(isLong, worst, exits.stopPrice(side, entry, distance, tick))) {
      return "STOP_LOSS";
    }
    if (exits.trailing() != null
        && isBeyond(isLong, worst, exits.trailingPrice(side, holding.best(), tick))) {
      return "TRAILING_STOP";
    }
    if (holding.improve(best)) {
      state.touch(book.account().id());
    }
    BigDecimal target = exits.targetPrice(side, entry, distance, tick);
    return target != null && isBeyond(!isLong, best, target) ? "TAKE_PROFIT" : null;
  }

  private static boolean isBeyond(boolean below, BigDecimal price, BigDecimal level) {
    return level != null && (below ? price.compareTo(level) <= 0 : price.compareTo(level) >= 0);
  }

  private static boolean isFlattening(GroupState state, AccountBook book) {
    if (state.breaches.isEmpty()) {
      return false;
    }
    for (Scope scope : ScopeSums.scopesOf(book.account())) {
      for (LimitKey key : LimitKey.values()) {
        Breach breach = key.isBreaker() ? state.breaches.get(key, scope) : null;
        if (breach != null && breach.then() == Consequence.FLATTEN) {
          return true;
        }
      }
    }
    return false;
  }
}
