package io.sluice.domain.market.crash;

import java.math.BigDecimal;

/**
 * A drop that counts as a crash.
 *
 * @param windowMs how far back the highest price is looked for, 1 ms to 24 h
 * @param drop the fall from that price, a fraction above 0 and below 1
 */
public record CrashRule(long windowMs, BigDecimal drop) {
  private static final long MAX_WINDOW_MS = 86_400_000L;

  public CrashRule {
    if (windowMs < 1 || windowMs > MAX_WINDOW_MS) {
      throw new IllegalArgumentException(
          "window_ms is " + windowMs + ", expected 1 to " + MAX_WINDOW_MS);
    }
    if (drop.signum() <= 0 || drop.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          "drop is " + drop.toPlainString() + ", expected above 0 and below 1");
    }
  }
}
