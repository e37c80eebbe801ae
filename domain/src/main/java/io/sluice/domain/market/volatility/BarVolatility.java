package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Volatility of an instrument by its bars, with the method of its configuration: daily standard
 * deviation, from the length of the bars by the square root of time. Bars are those with a trade;
 * where bars without one lie between two, the return over them counts as one bar's part of it.
 */
public final class BarVolatility {
  private static final int DAYS_PER_YEAR = 365;

  private final VolatilityTerms terms;
  private final BarVariance variance;
  private long newest = Long.MIN_VALUE;
  private double close = Double.NaN;

  public BarVolatility(VolatilityTerms terms) {
    this.terms = terms;
    this.variance = terms.variance();
  }

  /**
   * Takes in a bar that has closed. One that is not later than the newest, and one with a price
   * that has no finite logarithm, change nothing.
   *
   * @param startUs the start of the bar, epoch microseconds
   */
  public void onBar(long startUs, double open, double high, double low, double close) {
    long bar = Math.floorDiv(startUs, terms.horizonUs());
    if (bar <= newest || !isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) {
      return;
    }
    long periods = newest == Long.MIN_VALUE ? 1 : bar - newest;
    variance.add(
        BarReturns.of(
            this.close,
            open,
            Math.max(high, Math.max(open, close)),
            Math.min(low, Math.min(open, close)),
            close,
            periods));
    newest = bar;
    this.close = close;
  }

  private static boolean isPrice(double price) {
    return price > 0 && price < Double.POSITIVE_INFINITY;
  }

  /** Variance of one bar's log return; NaN until enough bars have come. */
  public double variance() {
    return variance.variance();
  }

  /** Standard deviation of a day's log return, or null until enough bars have come. */
  public Double sigmaDaily() {
    double ofBar = variance();
    return Double.isNaN(ofBar)
        ? null
        : (Double) Math.sqrt(ofBar * ((double) VolatilityTerms.DAY_US / terms.horizonUs()));
  }

  /** Standard deviation of the log return of 365 days, or null until enough bars have come. */
  public Double sigmaAnnual() {
    Double daily = sigmaDaily();
    return daily == null ? null : (Double) (daily * Math.sqrt(DAYS_PER_YEAR));
  }

  /** The GARCH model in effect; null where there is none. */
  public GarchModel garchModel() {
    return variance instanceof GarchVariance garch ? garch.model() : null;
  }

  /** Names the fit that is asked for, -1 where none is. */
  public long fitAskedAt() {
    return variance instanceof GarchVariance garch ? garch.askedAt() : -1;
  }

  /** A fit to compute before it takes effect, or null; without it the bar does so itself. */
  public FitRequest fitRequest() {
    return variance instanceof GarchVariance garch && garch.askedAt() >= 0
        ? new FitRequest(garch.askedAt(), garch.asked(), terms.garch())
        : null;
  }

  /** Gives the fit of a request; of another request than the newest it changes nothing. */
  public void offer(FitRequest request, GarchFit fit) {
    if (variance instanceof GarchVariance garch) {
      garch.offer(request.askedAt(), fit);
    }
  }

  /**
   * Returns to fit a model to.
   *
   * @param askedAt how many returns had come
   */
  public record FitRequest(long askedAt, double[] returns, GarchTerms terms) {
    /** A pure function of the request, for any thread. */
    public GarchFit fit() {
      return terms.fit(returns);
    }
  }

  /** Its state, led by what it was estimated with. */
  public byte[] toBytes() {
    byte[] of = signature(terms);
    ByteBuffer buffer =
        ByteBuffer.allocate(
            Integer.BYTES + of.length + Long.BYTES + Double.BYTES + variance.size());
    buffer.putInt(of.length).put(of).putLong(newest).putDouble(close);
    variance.write(buffer);
    return buffer.array();
  }

  /**
   * What was written, if it was estimated by the same terms; otherwise a new one, because numbers
   * of another method say nothing here.
   */
  public static BarVolatility of(VolatilityTerms terms, byte[] bytes) {
    BarVolatility volatility = new BarVolatility(terms);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] of = new byte[buffer.getInt()];
    buffer.get(of);
    if (Arrays.equals(of, signature(terms))) {
      volatility.newest = buffer.getLong();
      volatility.close = buffer.getDouble();
      volatility.variance.read(buffer);
    }
    return volatility;
  }

  private static byte[] signature(VolatilityTerms terms) {
    return terms.toString().getBytes(StandardCharsets.UTF_8);
  }
}
