package io.sluice.domain.ledger;

import java.math.BigDecimal;

/**
 * A round trip: from flat, or from a position snapshot, to flat or through it.
 *
 * @param seq of the line that closed it
 * @param isLong whether it was bought first
 * @param openedUs gate time at which it was opened, epoch microseconds
 * @param closedUs gate time at which it was closed
 * @param qty all that was opened in the course of it
 * @param entryPrice average price of that
 * @param exitPrice average price at which it was closed
 * @param gross profit without fees, in the account's currency
 * @param fees all fees since it was opened, that of the closing fill included
 */
public record ClosedTrade(
    String group,
    String account,
    String instrument,
    String strategy,
    long seq,
    boolean isLong,
    long openedUs,
    long closedUs,
    BigDecimal qty,
    BigDecimal entryPrice,
    BigDecimal exitPrice,
    BigDecimal gross,
    BigDecimal fees) {

  /** Profit less fees. */
  public BigDecimal net() {
    return gross.subtract(fees);
  }

  public long holdingUs() {
    return closedUs - openedUs;
  }
}
