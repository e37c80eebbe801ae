package io.sluice.domain.risk;

import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What quantity a value buys: rounded down, at least 0. */
public final class Quantity {
  private static final MathContext LONGEST =
      new MathContext(Decimals.MAX_DIGITS, RoundingMode.DOWN);

  private Quantity() {}

  /** With so many decimals, unless those leave nothing or more than any number has. */
  static BigDecimal of(BigDecimal value, BigDecimal unitValue, int decimals) {
    if (value.signum() <= 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal quantity = value.divide(unitValue, decimals, RoundingMode.DOWN);
    // Of an order that is filled in part, the least bit more keeps what is filled; 0 does not.
    boolean isTold = quantity.signum() > 0 && quantity.precision() <= LONGEST.getPrecision();
    return isTold ? quantity : of(value, unitValue);
  }

  /** To 38 digits: how often one value goes into another. */
  public static BigDecimal of(BigDecimal value, BigDecimal unitValue) {
    return value.signum() <= 0 ? BigDecimal.ZERO : value.divide(unitValue, LONGEST);
  }
}
