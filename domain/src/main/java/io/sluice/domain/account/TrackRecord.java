package io.sluice.domain.account;

import io.sluice.domain.json.Decimals;
import java.math.BigDecimal;

/**
 * How an account has done: its round trips, from flat to flat, and its UTC days, kept as exact sums
 * so that a fill and a day cost the same however long the record is.
 *
 * @param roundTrips how many have ended
 * @param won of which with a profit after fees
 * @param days how many UTC days have ended
 * @param returns sum of the days' returns, fractions of the equity at their start
 * @param squares sum of the squares of the days' returns
 */
public record TrackRecord(
    long roundTrips, long won, long days, BigDecimal returns, BigDecimal squares) {
  public static final TrackRecord NONE = new TrackRecord(0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

  private static final int DAYS_A_YEAR = 365;

  /**
   * @param profit of the round trip, fees deducted
   */
  TrackRecord withRoundTrip(BigDecimal profit) {
    return new TrackRecord(
        roundTrips + 1, won + (profit.signum() > 0 ? 1 : 0), days, returns, squares);
  }

  /**
   * Days have ended: the first with a profit, the others, on which nothing came, without.
   *
   * @param profit of the first of them, a loss below 0
   * @param startEquity equity at its start, above 0
   * @param ended how many, from 1
   */
  TrackRecord withDays(BigDecimal profit, BigDecimal startEquity, long ended) {
    BigDecimal dayReturn = Decimals.divide(profit, startEquity);
    return new TrackRecord(
        roundTrips,
        won,
        days + ended,
        returns.add(dayReturn),
        squares.add(dayReturn.multiply(dayReturn)));
  }

  /** Round trips won by round trips, 0 to 1; NaN before the first. */
  public double winRate() {
    return roundTrips == 0 ? Double.NaN : (double) won / roundTrips;
  }

  /**
   * The Sharpe ratio of the daily returns against a rate of 0: their mean by their sample standard
   * deviation, times the root of 365 (W. Sharpe, The Sharpe Ratio, J. Portfolio Management 21(1),
   * 1994; annualised for a market that has no closed days). NaN before the second day, and where
   * the returns do not differ.
   */
  public double sharpeRatio() {
    if (days < 2) {
      return Double.NaN;
    }
    BigDecimal count = BigDecimal.valueOf(days);
    // days * sum of squares - square of sum = days * (days - 1) * variance, exact.
    double spread = count.multiply(squares).subtract(returns.multiply(returns)).doubleValue();
    if (spread <= 0) {
      return Double.NaN;
    }
    double mean = returns.doubleValue() / days;
    double deviation = StrictMath.sqrt(spread / ((double) days * (days - 1)));
    return mean / deviation * StrictMath.sqrt(DAYS_A_YEAR);
  }
}
