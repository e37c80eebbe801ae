package io.sluice.domain.account;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/**
 * A position as quantity and cost, both signed: long above 0, short below. The average price is
 * cost / qty, derived.
 *
 * @param qty signed quantity
 * @param cost what it cost to open, quantity times price, with the sign of the quantity
 */
public record Position(BigDecimal qty, BigDecimal cost) {
  public static final Position FLAT = new Position(BigDecimal.ZERO, BigDecimal.ZERO);

  /**
   * @param position the position afterwards
   * @param realised the profit of the part that was closed, in price units times quantity; 0 where
   *     nothing was
   * @param closed whether the fill brought the position to flat or through it
   */
  public record Filled(Position position, BigDecimal realised, boolean closed) {}

  /** Books a fill: what is against the position closes it at its average price, the rest opens. */
  public Filled fill(Side side, BigDecimal fillQty, BigDecimal price) {
    BigDecimal signed = side == Side.BUY ? fillQty : fillQty.negate();
    if (qty.signum() == 0 || qty.signum() == signed.signum()) {
      return new Filled(
          new Position(qty.add(signed), cost.add(signed.multiply(price))), BigDecimal.ZERO, false);
    }
    BigDecimal held = qty.abs();
    BigDecimal closing = held.min(fillQty);
    boolean closesAll = closing.compareTo(held) == 0;
    BigDecimal costOfClosed = closesAll ? cost : Decimals.divide(cost.multiply(closing), held);
    BigDecimal signedClosing = qty.signum() > 0 ? closing : closing.negate();
    BigDecimal realised = signedClosing.multiply(price).subtract(costOfClosed);
    BigDecimal opening = fillQty.subtract(closing);
    BigDecimal signedOpening = side == Side.BUY ? opening : opening.negate();
    Position after =
        closesAll
            ? new Position(signedOpening, signedOpening.multiply(price))
            : new Position(qty.add(signed), cost.subtract(costOfClosed));
    return new Filled(after, realised, closesAll);
  }

  /**
   * @param averagePrice at which it was opened, at least 0
   */
  public static Position at(BigDecimal qty, BigDecimal averagePrice) {
    return new Position(qty, qty.multiply(averagePrice));
  }

  /** The average opening price, or null when flat. */
  public BigDecimal averagePrice() {
    return qty.signum() == 0 ? null : Decimals.divide(cost, qty);
  }

  public boolean isFlat() {
    return qty.signum() == 0;
  }
}
