package io.sluice.domain.ledger;

import java.math.BigDecimal;

/**
 * A position as it is after a line of the journal that changed it.
 *
 * @param seq the line's
 * @param qty signed, 0 for flat
 * @param cost with the sign of the quantity
 * @param averagePrice at which it was opened, or null when flat
 * @param mark the price it is valued at, or null where none is known
 * @param unrealised profit at that price, in the account's currency
 * @param order the newest order in the instrument that was approved, or {@link ApprovedOrder#NONE}
 */
public record PositionChange(
    String group,
    String account,
    String instrument,
    long gateTimeUs,
    long seq,
    BigDecimal qty,
    BigDecimal cost,
    BigDecimal averagePrice,
    BigDecimal mark,
    BigDecimal unrealised,
    ApprovedOrder order) {}
