package io.sluice.domain.market.feature.tick;

import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.state.StateTape;
import io.sluice.domain.wire.Aggressor;

/**
 * How well an order can be traded now, from 0 to 1: tightness 1 / (1 + spread / 10 bp) times depth
 * d / (d + m), where d is the smaller of the quantities at the best prices and m the mean quantity
 * of the last trades. None where a side is absent or the quote is crossed.
 */
public final class LiquidityScore implements TickIndicator {
  private static final double USUAL_SPREAD = 0.001;
  private final RollingSum quantities;
  private double spread = Double.NaN;
  private double depth;

  public LiquidityScore(int trades) {
    quantities = new RollingSum(trades);
  }

  @Override
  public void trade(double price, double qty, Aggressor aggressor) {
    quantities.add(qty);
  }

  @Override
  public void quote(double bid, double bidQty, double ask, double askQty) {
    boolean isSound = bid > 0 && ask >= bid;
    spread = isSound ? 2 * (ask - bid) / (ask + bid) : Double.NaN;
    depth = Math.min(bidQty, askQty);
  }

  @Override
  public void into(double[] row, int at) {
    double both = depth + quantities.mean();
    row[at] =
        quantities.isFull() && both > 0 ? depth / both / (1 + spread / USUAL_SPREAD) : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    quantities.state(tape);
    spread = tape.number(spread);
    depth = tape.number(depth);
  }
}
