package io.sluice.domain.market.crash;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random trades as venues send them: many equal stamps, stamps that go backward, silences, falls of
 * every depth.
 */
final class TradeStream {
  private static final String[] BOUNDARY_PRICES = {
    "100", "100.5", "99.99", "98", "98.01", "97.99", "95", "95.01", "94.99", "90", "90.01", "89.99",
    "80", "79.99"
  };

  private static final long[] STEPS_US = {1, 1, 1_000, 500_000, 10_000_000};
  private static final long[] WINDOWS_US = {10_000_000, 60_000_000, 600_000_000};

  record Row(long timeUs, BigDecimal price) {}

  private TradeStream() {}

  static List<Row> random(long seed, int rows, long latenessUs) {
    Random random = new Random(seed);
    boolean hasBoundaryPrices = random.nextBoolean();
    double equalStamps = 0.4 + 0.2 * random.nextDouble();
    int scale = random.nextInt(19) - 9;
    List<Row> stream = new ArrayList<>();
    long largest = 1_700_000_000_000_000L + random.nextInt(100_000_000);
    long time = largest;
    BigDecimal price = new BigDecimal("100");
    for (int i = 0; i < rows; i++) {
      double kind = random.nextDouble();
      if (kind >= equalStamps) {
        if (kind < equalStamps + 0.15) {
          time = largest - (long) (random.nextDouble() * latenessUs);
        } else if (kind > 0.98) {
          time = largest + 60_000_000L * random.nextInt(16) + random.nextInt(3);
        } else if (kind > 0.9) {
          time = windowAfter(stream, largest, random);
        } else {
          time = largest + STEPS_US[random.nextInt(STEPS_US.length)] * random.nextInt(3) + 1;
        }
      }
      largest = Math.max(largest, time);
      price = hasBoundaryPrices ? boundaryPrice(random) : walk(price, random);
      stream.add(new Row(time, price.scaleByPowerOfTen(scale)));
    }
    return stream;
  }

  /** A stamp at whose window's very start, or one microsecond off, an earlier trade lies. */
  private static long windowAfter(List<Row> stream, long largest, Random random) {
    if (stream.isEmpty()) {
      return largest;
    }
    Row earlier = stream.get(stream.size() - 1 - random.nextInt(Math.min(stream.size(), 20)));
    long time =
        earlier.timeUs() + WINDOWS_US[random.nextInt(WINDOWS_US.length)] + random.nextInt(2);
    return Math.max(time, largest);
  }

  private static BigDecimal boundaryPrice(Random random) {
    return new BigDecimal(BOUNDARY_PRICES[random.nextInt(BOUNDARY_PRICES.length)]);
  }

  private static BigDecimal walk(BigDecimal price, Random random) {
    double step =
        random.nextInt(20) == 0 ? random.nextGaussian() * 0.03 : random.nextGaussian() * 0.002;
    BigDecimal next = BigDecimal.valueOf(Math.round(price.doubleValue() * Math.exp(step) * 1e6), 6);
    return next.signum() > 0 ? next : price;
  }
}
