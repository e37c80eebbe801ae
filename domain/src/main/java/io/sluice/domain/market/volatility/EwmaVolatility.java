package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * Volatility of an instrument: the exponentially weighted variance (lambda 0.94) of log returns
 * between the last prices of one-minute slots of event time. Where minutes pass without a trade the
 * return over them counts in equal parts.
 */
public final class EwmaVolatility {
  private static final double LAMBDA = 0.94;
  private static final long MINUTE_US = 60_000_000L;
  private static final int MINUTES_PER_DAY = 1_440;

  private EwmaVariance variance = new EwmaVariance(LAMBDA);
  private long minute = Long.MIN_VALUE;
  private double last;
  private long closedMinute = Long.MIN_VALUE;
  private double closed;

  /** Takes a trade in; one of an earlier minute than the newest changes nothing. */
  public void add(long timeUs, double price) {
    long of = Math.floorDiv(timeUs, MINUTE_US);
    if (of < minute) {
      return;
    }
    if (of > minute && minute != Long.MIN_VALUE) {
      close();
    }
    minute = of;
    last = price;
  }

  private void close() {
    if (closedMinute != Long.MIN_VALUE) {
      variance.add(StrictMath.log(last / closed), minute - closedMinute);
    }
    closedMinute = minute;
    closed = last;
  }

  /** Standard deviation of a day's log return, or null until two minutes have closed. */
  public Double sigmaDaily() {
    double perMinute = variance.variance();
    return Double.isNaN(perMinute) ? null : (Double) Math.sqrt(perMinute * MINUTES_PER_DAY);
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(40)
        .putDouble(variance.variance())
        .putLong(minute)
        .putDouble(last)
        .putLong(closedMinute)
        .putDouble(closed)
        .array();
  }

  public static EwmaVolatility of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    EwmaVolatility volatility = new EwmaVolatility();
    volatility.variance = new EwmaVariance(LAMBDA, buffer.getDouble());
    volatility.minute = buffer.getLong();
    volatility.last = buffer.getDouble();
    volatility.closedMinute = buffer.getLong();
    volatility.closed = buffer.getDouble();
    return volatility;
  }
}
