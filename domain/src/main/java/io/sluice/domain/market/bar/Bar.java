package io.sluice.domain.market.bar;

/**
 * A bar in doubles, as features and estimators take it. One without trades is flat at the close
 * before it.
 *
 * @param startUs epoch microseconds, inclusive
 * @param volume what was traded, in the base unit
 * @param turnover the sum of price times quantity, in the quote currency
 * @param buyVolume the part of the volume whose aggressor bought
 * @param sellVolume the part whose aggressor sold; what neither is known of is in neither
 * @param trades how many there were
 * @param skipped how many bars without trades are left out before it: where it is not 0 a series
 *     has broken off, and what is computed over bars begins anew
 */
public record Bar(
    BarInterval interval,
    long startUs,
    double open,
    double high,
    double low,
    double close,
    double volume,
    double turnover,
    double buyVolume,
    double sellVolume,
    long trades,
    long skipped) {

  /** A bar of a table that says no more. */
  public static Bar of(
      BarInterval interval,
      long startUs,
      double open,
      double high,
      double low,
      double close,
      double volume) {
    return new Bar(interval, startUs, open, high, low, close, volume, volume * close, 0, 0, 1, 0);
  }

  /** When it ends, epoch microseconds, exclusive. */
  public long endUs() {
    return startUs + interval.us();
  }

  /** The average price by volume; the close where nothing was traded. */
  public double vwap() {
    return volume > 0 ? turnover / volume : close;
  }

  /** A third of the sum of high, low and close. */
  public double typical() {
    return (high + low + close) / 3;
  }

  public boolean isEmpty() {
    return trades == 0;
  }
}
