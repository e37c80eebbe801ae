package io.sluice.domain.account;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What is wrong in an account's books, as a statement of the venue says it.
 *
 * @param asOfUs when the statement was true, epoch microseconds: fills stamped at or before it are
 *     in it
 * @param cash the right one, or null where what is booked is right
 * @param positions the right ones, of the instruments that are booked wrong
 */
public record Correction(long asOfUs, BigDecimal cash, Map<String, Position> positions) {}
