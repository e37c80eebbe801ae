package io.sluice.domain.risk;

import io.sluice.domain.market.Snapshot;
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

  /** The lower of them. */
  BigDecimal lowest() {
    return price == null || staleMid == null ? price : price.min(staleMid);
  }
}
