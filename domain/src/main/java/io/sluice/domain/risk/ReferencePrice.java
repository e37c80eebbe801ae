package io.sluice.domain.risk;

import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.OrderType;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * What an order's price is held against.
 *
 * @param price the mid of a fresh, uncrossed quote, else the newest trade's price, else null
 * @param ageUs the age of that price in microseconds, or null without one
 * @param staleMid the mid of a quote that is too old for {@code max_data_age_ms} but would count
 *     without it; else null
 */
record ReferencePrice(BigDecimal price, Long ageUs, BigDecimal staleMid) {
  /** A quote older than this is forgotten over a newer trade. */
  private static final long OLD_QUOTE_US = 60_000_000L;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /**
   * @param maxAgeMs how old a fresh quote may be, null where that is not bounded
   */
  static ReferencePrice of(Snapshot market, long nowUs, BigDecimal maxAgeMs) {
    Long quoteAgeUs = market.quoteAgeUs(nowUs);
    Long lastAgeUs = market.lastAgeUs(nowUs);
    boolean quoteCounts =
        quoteAgeUs != null
            && (quoteAgeUs <= OLD_QUOTE_US || lastAgeUs == null || quoteAgeUs <= lastAgeUs);
    BigDecimal mid = quoteCounts ? market.bid().add(market.ask()).multiply(HALF) : null;
    return quoteCounts && (lastAgeUs == null || isFresh(quoteAgeUs, maxAgeMs))
        ? new ReferencePrice(mid, quoteAgeUs, null)
        : new ReferencePrice(market.last(), lastAgeUs, mid);
  }

  private static boolean isFresh(long ageUs, BigDecimal maxAgeMs) {
    return maxAgeMs == null || BigDecimal.valueOf(ageUs).movePointLeft(3).compareTo(maxAgeMs) <= 0;
  }

  /** The higher of the two prices there may be, or null without any. */
  BigDecimal highest() {
    return price == null || staleMid == null ? price : price.max(staleMid);
  }

  /**
   * What a unit of an order is valued at, its worst case; null where it cannot be priced.
   *
   * @param marketWorstCase the worst price of a market order as a fraction away from this one
   */
  BigDecimal worstCase(OrderTerms order, BigDecimal marketWorstCase) {
    BigDecimal highest = highest();
    BigDecimal limit = order.limitPrice();
    if (order.type() == OrderType.LIMIT && limit != null) {
      return order.side() == Side.SELL && highest != null ? limit.max(highest) : limit;
    }
    if (order.type() == OrderType.LIMIT || highest == null) {
      return null;
    }
    return order.side() == Side.BUY ? highest.add(highest.multiply(marketWorstCase)) : highest;
  }

  /** The lower of them. */
  BigDecimal lowest() {
    return price == null || staleMid == null ? price : price.min(staleMid);
  }
}
