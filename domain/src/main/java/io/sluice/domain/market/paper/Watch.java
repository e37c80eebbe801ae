package io.sluice.domain.market.paper;

import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import java.math.BigDecimal;

/**
 * An intent whose order waits for the market, whatever its verdict will be.
 *
 * @param number counts the watches of an instrument, so that equal ones keep their order
 * @param intentId the intent, a NEW or an AMEND
 * @param rootId the NEW it is or amends
 * @param limitPrice null for a market order
 * @param eligibleUs the front's time from which a trade can fill it, epoch microseconds
 * @param expiresUs the front's time at which it expires if nothing did, epoch microseconds
 */
record Watch(
    long number,
    String intentId,
    String rootId,
    String account,
    Side side,
    OrderType type,
    TimeInForce timeInForce,
    BigDecimal limitPrice,
    long eligibleUs,
    long expiresUs) {

  /** Whether a trade at this price fills it. */
  boolean crosses(BigDecimal price) {
    if (type == OrderType.MARKET) {
      return true;
    }
    int order = price.compareTo(limitPrice);
    return side == Side.BUY ? order <= 0 : order >= 0;
  }

  /** The watch of an amendment: its own latency and life, the order's side and type. */
  Watch amendedBy(Intent amendment, long newNumber, long newEligibleUs, long newExpiresUs) {
    BigDecimal price = amendment.limitPrice() == null ? limitPrice : amendment.limitPrice();
    return new Watch(
        newNumber,
        amendment.intentId(),
        rootId,
        account,
        side,
        type,
        timeInForce,
        price,
        newEligibleUs,
        newExpiresUs);
  }
}
