package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Holding;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Consumer;

/** Executes orders on paper, where the market met them. */
final class PaperExecution {
  private PaperExecution() {}

  /**
   * A watched intent met the market: where the order is at work in a book and this is its live
   * version, that fills or ends it.
   *
   * @param booked books a fill of it
   * @return whether it was
   */
  static boolean meet(GroupState state, AccountBook book, PaperTick tick, Consumer<Fill> booked) {
    Order order = book.orders().of(tick.intentId());
    if (order == null || order.terminal() || !order.liveId().equals(tick.intentId())) {
      return false;
    }
    BigDecimal qty = fillableQty(book, order);
    // A twin's order may outlive the listing of its instrument, which no configuration waits for.
    boolean isListed = state.instrument(order.instrument()) != null;
    if (tick.status() == PaperTick.Status.FILLED && qty.signum() > 0 && isListed) {
      booked.accept(fill(state, book, order, qty, tick));
    }
    Order filled = book.orders().get(order.intentId());
    book.orders().replace(filled, filled.ended(filled.filled(), state.gateTimeUs));
    return true;
  }

  /**
   * The whole open quantity; of a reduce-only order, as a venue would do it, only what the position
   * now has to reduce.
   */
  private static BigDecimal fillableQty(AccountBook book, Order order) {
    if (!order.reduceOnly()) {
      return order.openQty();
    }
    Holding holding = book.holding(order.instrument());
    BigDecimal position = holding.position().qty();
    BigDecimal against = order.side() == Side.SELL ? position : position.negate();
    return order.openQty().min(against).max(BigDecimal.ZERO);
  }

  /** At the trade's price moved against the order, never beyond its limit. */
  private static Fill fill(
      GroupState state, AccountBook book, Order order, BigDecimal qty, PaperTick tick) {
    Execution execution = state.configuration.execution();
    Instrument instrument = state.configuration.instruments().get(order.instrument());
    BigDecimal slip = tick.price().multiply(execution.slippage());
    boolean buys = order.side() == Side.BUY;
    BigDecimal moved = buys ? tick.price().add(slip) : tick.price().subtract(slip);
    BigDecimal price = Decimals.roundTo(moved, instrument.tick()).max(instrument.tick());
    if (order.limitPrice() != null) {
      price = buys ? price.min(order.limitPrice()) : price.max(order.limitPrice());
    }
    BigDecimal fee =
        qty.multiply(price)
            .multiply(instrument.multiplier())
            .multiply(execution.fee())
            .setScale(Decimals.DIVISION_SCALE, RoundingMode.HALF_EVEN);
    return new Fill(
        Intent.INTERNAL_PREFIX + "paper:" + tick.intentId(),
        order.intentId(),
        tick.account(),
        order.strategy(),
        order.instrument(),
        order.side(),
        qty,
        price,
        fee,
        instrument.quote(),
        Math.max(tick.eventTimeUs(), book.fillableFromUs()));
  }
}
