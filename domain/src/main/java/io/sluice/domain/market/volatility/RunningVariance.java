package io.sluice.domain.market.volatility;

import java.nio.ByteBuffer;

/**
 * Mean and sample variance (n - 1) of a stream, by Welford's recurrence with a compensated mean, so
 * that a large offset does not swallow a small spread.
 */
public final class RunningVariance {
  private long count;
  private double first;
  private double mean;
  private double meanError;
  private double squares;

  public void add(double sample) {
    if (count++ == 0) {
      first = sample;
      return;
    }
    // Samples are taken relative to the first one: differences of near values are exact.
    double shifted = sample - first;
    double before = shifted - mean;
    double step = before / count - meanError;
    double next = mean + step;
    meanError = (next - mean) - step;
    mean = next;
    squares += before * (shifted - mean);
  }

  public long count() {
    return count;
  }

  /** The mean; NaN before the first sample. */
  public double mean() {
    return count == 0 ? Double.NaN : first + mean;
  }

  /** The sample variance; NaN before the second sample. */
  public double variance() {
    return count < 2 ? Double.NaN : squares / (count - 1);
  }

  public double deviation() {
    return Math.sqrt(variance());
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(40)
        .putLong(count)
        .putDouble(first)
        .putDouble(mean)
        .putDouble(meanError)
        .putDouble(squares)
        .array();
  }

  public static RunningVariance of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    RunningVariance variance = new RunningVariance();
    variance.count = buffer.getLong();
    variance.first = buffer.getDouble();
    variance.mean = buffer.getDouble();
    variance.meanError = buffer.getDouble();
    variance.squares = buffer.getDouble();
    return variance;
  }
}
