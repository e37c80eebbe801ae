package io.sluice.domain.account;

import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * An approved order. From its approval on it reserves its worst case; fills, a terminal status or
 * an operator end that, nothing else does.
 *
 * @param liveId the intent whose version is at work: the order's own, or its last amendment that
 *     took effect
 * @param qty the approved total, filled part included
 * @param limitPrice null for a market order
 * @param price what its open part is valued at, its worst case
 * @param reduceOnly whether it may only bring a position closer to flat: asked for, or approved as
 *     such
 * @param filled booked by fills so far
 * @param cum filled so far as the venue's statuses say
 * @param terminal whether a status ended it
 * @param amendment an approved amendment that the venue has not acknowledged yet, or null
 * @param touchedUs gate time of its last change, epoch microseconds
 */
public record Order(
    String intentId,
    String liveId,
    String strategy,
    String instrument,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    BigDecimal qty,
    BigDecimal limitPrice,
    BigDecimal price,
    boolean reduceOnly,
    BigDecimal filled,
    BigDecimal cum,
    boolean terminal,
    Amendment amendment,
    long touchedUs) {

  /**
   * What an amendment asks for: the new total and worst price.
   *
   * @param reduceOnly whether it was approved as reduce-only, which the order then is
   */
  public record Amendment(
      String intentId,
      BigDecimal qty,
      BigDecimal limitPrice,
      BigDecimal price,
      boolean reduceOnly) {}

  /**
   * The quantity still reserved: what may yet be filled, for the larger of the order and its
   * amendment; and in any case what the venue filled and no fill has booked, which is all that is
   * left after the end.
   */
  public BigDecimal openQty() {
    BigDecimal upTo = terminal ? cum : qty.max(cum);
    if (!terminal && amendment != null) {
      upTo = upTo.max(amendment.qty);
    }
    return open(upTo);
  }

  /**
   * What the open quantity is worth in price units: the larger of the order's and its amendment's
   * worst case, of which only one is at work.
   */
  public BigDecimal openValue() {
    BigDecimal own = open(terminal ? cum : qty.max(cum)).multiply(price);
    return amendment == null
        ? own
        : own.max(open(amendment.qty.max(cum)).multiply(amendment.price));
  }

  /**
   * Whether the same order reserves as much at another time and could be filled at the same prices:
   * most of what a venue says of an order changes neither.
   */
  boolean worksLike(Order other) {
    return terminal == other.terminal
        && reduceOnly == other.reduceOnly
        && Objects.equals(limitPrice, other.limitPrice)
        && Objects.equals(amendment, other.amendment)
        && openQty().compareTo(other.openQty()) == 0
        && openValue().compareTo(other.openValue()) == 0;
  }

  /** Whether an intent is the one that made it, or whose version of it is at work. */
  boolean isNamed(String anIntentId) {
    return anIntentId.equals(intentId) || anIntentId.equals(liveId);
  }

  /** Whether the venue may yet fill some of it. */
  public boolean isAtWork() {
    return !terminal && openQty().signum() > 0;
  }

  private BigDecimal open(BigDecimal upTo) {
    return upTo.subtract(filled).max(BigDecimal.ZERO);
  }

  /** What is filled for certain, by fills or by what the venue says. */
  public BigDecimal done() {
    return filled.max(cum);
  }

  public Order withFill(BigDecimal fillQty, long nowUs) {
    return changed(price, filled.add(fillQty), cum, terminal, amendment, nowUs);
  }

  /**
   * Ended by the venue at the given filled quantity; what was filled never becomes less, and is
   * valued at the worse price of the order and its amendment.
   */
  public Order ended(BigDecimal cumQty, long nowUs) {
    BigDecimal worst = amendment == null ? price : price.max(amendment.price);
    return changed(worst, filled, cum.max(cumQty), true, null, nowUs);
  }

  public Order withCum(BigDecimal cumQty, long nowUs) {
    return changed(price, filled, cum.max(cumQty), terminal, amendment, nowUs);
  }

  public Order withAmendment(Amendment next, long nowUs) {
    return changed(price, filled, cum, terminal, next, nowUs);
  }

  private Order changed(
      BigDecimal newPrice,
      BigDecimal newFilled,
      BigDecimal newCum,
      boolean isTerminal,
      Amendment newAmendment,
      long nowUs) {
    return new Order(
        intentId,
        liveId,
        strategy,
        instrument,
        side,
        type,
        timeInForce,
        qty,
        limitPrice,
        newPrice,
        reduceOnly,
        newFilled,
        newCum,
        isTerminal,
        newAmendment,
        nowUs);
  }

  /** The amendment has taken effect: its quantity and price are the order's. */
  public Order amended(Amendment effective, long nowUs) {
    return new Order(
        intentId,
        effective.intentId,
        strategy,
        instrument,
        side,
        type,
        timeInForce,
        effective.qty,
        effective.limitPrice,
        effective.price,
        reduceOnly || effective.reduceOnly,
        filled,
        cum,
        terminal,
        null,
        nowUs);
  }
}
