package io.sluice.domain.group;

import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;

/**
 * Round trips, from flat to flat.
 *
 * @param ended how many
 * @param won of which with a profit after fees
 */
record RoundTrips(long ended, long won) {
  static final RoundTrips NONE = new RoundTrips(0, 0);

  /**
   * @param profit of a round trip that has ended, fees deducted, or null where none has
   */
  RoundTrips with(BigDecimal profit) {
    return profit == null ? this : new RoundTrips(ended + 1, won + (profit.signum() > 0 ? 1 : 0));
  }

  /** The share of them that won, 0 to 1, or null before the first. */
  BigDecimal winRate() {
    return ended == 0 ? null : Decimals.divide(BigDecimal.valueOf(won), BigDecimal.valueOf(ended));
  }
}
