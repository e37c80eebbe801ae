package io.sluice.domain.market.feature.tick;

import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.state.StateTape;
import io.sluice.domain.wire.Aggressor;

/**
 * Volume-synchronised probability of informed trading (Easley, López de Prado, O'Hara 2012): over
 * the last buckets of equal volume, the sum of |sold - bought| over all volume, by the aggressor
 * that the venue tells. A bucket is so many times the mean quantity of the trades before it, which
 * is that of the last 1,000 and more by exponential weights. A trade is split over the buckets that
 * it fills. Trades without aggressor are left out.
 */
public final class Vpin implements TickIndicator {
  private static final int WARM_TRADES = 1_000;
  private final int buckets;
  private final double tradesOfBucket;
  private final RollingSum imbalances;
  private final RollingSum volumes;
  private double meanQty;
  private long trades;
  private double size;
  private double bought;
  private double sold;

  /**
   * @param buckets how many
   * @param tradesOfBucket the volume of one, in mean trades
   */
  public Vpin(int buckets, int tradesOfBucket) {
    this.buckets = buckets;
    this.tradesOfBucket = tradesOfBucket;
    this.imbalances = new RollingSum(buckets);
    this.volumes = new RollingSum(buckets);
  }

  @Override
  public void trade(double price, double qty, Aggressor aggressor) {
    if (aggressor == Aggressor.UNKNOWN || !(qty > 0)) {
      return;
    }
    trades++;
    if (trades >= WARM_TRADES) {
      fill(qty, aggressor);
    }
    meanQty += (qty - meanQty) / Math.min(trades, WARM_TRADES);
  }

  private void fill(double qty, Aggressor aggressor) {
    if (size == 0) {
      size = tradesOfBucket * meanQty;
    }
    // More than all buckets at once is as much as all of them.
    double rest = Math.min(qty, (buckets + 1) * size);
    while (rest > 0) {
      double part = Math.min(rest, size - bought - sold);
      bought += aggressor == Aggressor.BUY ? part : 0;
      sold += aggressor == Aggressor.SELL ? part : 0;
      rest -= part;
      if (rest > 0 || bought + sold >= size) {
        endBucket();
      }
    }
  }

  private void endBucket() {
    imbalances.add(Math.abs(sold - bought));
    volumes.add(bought + sold);
    bought = 0;
    sold = 0;
    size = tradesOfBucket * meanQty;
  }

  @Override
  public void into(double[] row, int at) {
    row[at] =
        volumes.isFull() ? Math.max(0, Math.min(1, imbalances.sum() / volumes.sum())) : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    imbalances.state(tape);
    volumes.state(tape);
    meanQty = tape.number(meanQty);
    trades = tape.whole(trades);
    size = tape.number(size);
    bought = tape.number(bought);
    sold = tape.number(sold);
  }
}
