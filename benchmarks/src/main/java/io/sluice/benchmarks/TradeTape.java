package io.sluice.benchmarks;

import java.util.Random;

/**
 * Made-up trades that look like a liquid market's, the same for the same seed: a price that walks
 * in ticks of 0.01 and is drawn back to 60,000, sweeps of several trades with one stamp (about half
 * of all trades share theirs with the one before), 50 trades a second on average, and now and then
 * a fall of 3 % within seconds that recovers.
 */
public final class TradeTape {
  private static final double CENTRE = 6_000_000;
  private static final double MEAN_GAP_US = 40_000;
  private static final int TRADES_BETWEEN_CRASHES = 1_000_000;
  private static final int FALLING_TRADES = 300;

  private final Random random;
  private long count;
  private long timeUs;
  private double cents = CENTRE;
  private long qtyLots;
  private boolean buyerIsMaker;
  private int falling;

  public TradeTape(long seed, long startUs) {
    random = new Random(seed);
    timeUs = startUs;
  }

  /** Goes to the next trade. */
  public void advance() {
    if (count++ % TRADES_BETWEEN_CRASHES == TRADES_BETWEEN_CRASHES / 2) {
      falling = FALLING_TRADES;
    }
    boolean isOfSameSweep = random.nextInt(2) == 0;
    if (!isOfSameSweep) {
      timeUs += 1 + (long) (-MEAN_GAP_US * StrictMath.log(1 - random.nextDouble()));
      buyerIsMaker = random.nextBoolean();
    }
    double drift = (CENTRE - cents) * 0.000_02;
    if (falling > 0) {
      falling--;
      drift -= cents * 0.03 / FALLING_TRADES;
    }
    cents += drift + random.nextGaussian() * 60 * (isOfSameSweep ? 0.3 : 1);
    qtyLots = 1 + (long) StrictMath.exp(6.5 + 1.5 * random.nextGaussian());
  }

  public long number() {
    return count;
  }

  /** Epoch microseconds. */
  public long timeUs() {
    return timeUs;
  }

  public long cents() {
    return StrictMath.round(cents);
  }

  /** The quantity in lots of 0.00001. */
  public long qtyLots() {
    return qtyLots;
  }

  public boolean buyerIsMaker() {
    return buyerIsMaker;
  }
}
