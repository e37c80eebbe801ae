package io.sluice.cli.executor;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** An order at the paper venue. */
final class PaperOrder {
  private final Instruction placed;
  private BigDecimal qty;
  private BigDecimal limitPrice;
  private boolean reduceOnly;
  private BigDecimal cum = BigDecimal.ZERO;
  private int fills;

  PaperOrder(Instruction placed) {
    this.placed = placed;
    this.qty = placed.qty();
    this.limitPrice = placed.limitPrice();
    this.reduceOnly = placed.reduceOnly();
  }

  Instruction placed() {
    return placed;
  }

  boolean isReduceOnly() {
    return reduceOnly;
  }

  boolean buys() {
    return placed.side() == Side.BUY;
  }

  BigDecimal cum() {
    return cum;
  }

  BigDecimal leaves() {
    return qty.subtract(cum);
  }

  /** Whether whatever cannot be filled on arrival is cancelled: it never rests. */
  boolean isAtOnce() {
    return placed.type() == OrderType.MARKET || placed.timeInForce() != TimeInForce.GTC;
  }

  boolean isAllOrNothing() {
    return placed.timeInForce() == TimeInForce.FOK;
  }

  boolean isCrossedBy(BigDecimal price) {
    return limitPrice == null
        || (buys() ? price.compareTo(limitPrice) <= 0 : price.compareTo(limitPrice) >= 0);
  }

  /** A price as it is for this order: never beyond its limit. */
  BigDecimal within(BigDecimal price) {
    if (limitPrice == null) {
      return price;
    }
    return buys() ? price.min(limitPrice) : price.max(limitPrice);
  }

  /** The next partial fill: equal whole lots, what is left over in the last. */
  BigDecimal slice(int partialFills, BigDecimal lot) {
    BigDecimal even =
        qty.divide(BigDecimal.valueOf(partialFills), Decimals.DIVISION_SCALE, RoundingMode.DOWN);
    BigDecimal slice = Decimals.floorTo(even, lot).max(lot);
    return leaves().compareTo(slice.add(slice)) < 0 ? leaves() : slice;
  }

  /** Takes a fill in; returns its number, from 1. */
  int filled(BigDecimal fillQty) {
    cum = cum.add(fillQty);
    return ++fills;
  }

  /** The new total and price; a total below what is filled means no more. */
  void amend(Instruction amendment) {
    qty = amendment.qty().max(cum);
    limitPrice = amendment.limitPrice();
    reduceOnly |= amendment.reduceOnly();
  }

  /** What the venue says of it; one that has ended leaves nothing. */
  Report status(OrderStatus.Status status, long nowUs) {
    BigDecimal leaves = status.isTerminal() ? BigDecimal.ZERO : leaves();
    return Report.status(placed, status, cum, leaves, nowUs);
  }
}
