package io.sluice.domain.market.volatility;

/**
 * Log returns of a bar.
 *
 * @param whole from the close of the bar before to this one's; NaN for the first bar
 * @param gap from the close of the bar before to this one's open; NaN for the first bar
 * @param up from open to high, at least 0
 * @param down from open to low, at most 0
 * @param body from open to close
 * @param periods how many bar lengths this bar is after the one before; more than 1 where bars
 *     between them had no trade
 */
record BarReturns(double whole, double gap, double up, double down, double body, long periods) {

  /**
   * @param closeBefore the close of the bar before; NaN for the first bar
   */
  static BarReturns of(
      double closeBefore, double open, double high, double low, double close, long periods) {
    return new BarReturns(
        log(close, closeBefore),
        log(open, closeBefore),
        log(high, open),
        log(low, open),
        log(close, open),
        periods);
  }

  /** The quotient keeps more digits of a small return, but prices may be too far apart for it. */
  private static double log(double price, double before) {
    double quotient = price / before;
    return quotient > 1e-200 && quotient < 1e200
        ? StrictMath.log(quotient)
        : StrictMath.log(price) - StrictMath.log(before);
  }

  boolean isFirst() {
    return Double.isNaN(whole);
  }

  /** The whole return as one bar's part of it: variances add up over bars. */
  double wholeOfOneBar() {
    return ofOneBar(whole);
  }

  double gapOfOneBar() {
    return ofOneBar(gap);
  }

  private double ofOneBar(double aReturn) {
    return periods == 1 ? aReturn : aReturn / Math.sqrt(periods);
  }
}
