package io.sluice.benchmarks.live;

import io.sluice.domain.wire.Aggressor;
import io.sluice.domain.wire.Trade;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;

/**
 * Made-up trades of all instruments in turn, the same for the same seed: prices walk around 60,000,
 * about as a liquid market with a thousand trades a second does, and every half a million trades
 * the next instrument falls 3 % within 300 of its trades, and recovers.
 */
final class MarketTape {
  private static final double CENTRE = 6_000_000;
  private static final double STEP = 30;
  private static final int TRADES_BETWEEN_CRASHES = 500_000;
  private static final int FALLING_TRADES = 300;

  /** A marker's price ends in more decimals than any other trade's has. */
  private static final BigDecimal MARKER = new BigDecimal("0.0007");

  private final Random random = new Random(20_250_615);
  private final double[] cents = new double[LiveDesk.INSTRUMENTS];
  private final int[] falling = new int[LiveDesk.INSTRUMENTS];
  private long count;

  MarketTape() {
    Arrays.fill(cents, CENTRE);
  }

  /** The next trade. */
  Trade next(long timeUs) {
    int index = (int) (count++ % LiveDesk.INSTRUMENTS);
    if (count % TRADES_BETWEEN_CRASHES == TRADES_BETWEEN_CRASHES / 2) {
      falling[(int) (count / TRADES_BETWEEN_CRASHES % LiveDesk.INSTRUMENTS)] = FALLING_TRADES;
    }
    double drift = (CENTRE - cents[index]) * 0.000_02;
    if (falling[index] > 0) {
      falling[index]--;
      drift -= cents[index] * 0.03 / FALLING_TRADES;
    }
    cents[index] += drift + random.nextGaussian() * STEP;
    return trade(index, BigDecimal.valueOf(StrictMath.round(cents[index]), 2), timeUs);
  }

  /**
   * A trade of one instrument that is known again in the mark it makes: 0.3 % above the market,
   * which always makes one.
   */
  Trade marker(int index, long timeUs) {
    BigDecimal price = BigDecimal.valueOf(StrictMath.round(cents[index] * 1.003), 2);
    return trade(index, price.add(MARKER), timeUs);
  }

  static boolean isMarker(BigDecimal price) {
    return price.scale() == MARKER.scale();
  }

  private Trade trade(int index, BigDecimal price, long timeUs) {
    long lots = 1 + random.nextInt(200_000);
    return new Trade(
        LiveDesk.instrument(index),
        Long.toString(count),
        price,
        BigDecimal.valueOf(lots, 5),
        random.nextBoolean() ? Aggressor.BUY : Aggressor.SELL,
        timeUs,
        null);
  }
}
