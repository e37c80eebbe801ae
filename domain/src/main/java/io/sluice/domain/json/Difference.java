package io.sluice.domain.json;

import java.math.BigDecimal;

/**
 * The difference of two decimals, to be compared with others: equity and what is summed up over
 * accounts are long numbers, and a difference of those is dear. Doubles tell most apart: each is
 * within 2^-53 of its decimal, and so is what is computed of them; where they do not, the decimals
 * do.
 */
public final class Difference {
  private static final double DOUBT = 0x1p-51;

  private final BigDecimal of;
  private final BigDecimal less;
  private final double nearly;
  private final double doubt;

  /** {@code of - less}. */
  public Difference(BigDecimal of, BigDecimal less) {
    this.of = of;
    this.less = less;
    double nearlyOf = Decimals.toDouble(of);
    double nearlyLess = Decimals.toDouble(less);
    this.nearly = nearlyOf - nearlyLess;
    this.doubt = DOUBT * (Math.abs(nearlyOf) + Math.abs(nearlyLess));
  }

  public boolean isBelow(Difference other) {
    double further = other.nearly - nearly;
    double bothDoubts = doubt + other.doubt;
    return Math.abs(further) > bothDoubts
        ? further > 0
        : of.subtract(less).compareTo(other.of.subtract(other.less)) < 0;
  }
}
