package io.sluice.domain.market.feature.tick;

import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.feature.window.Window;
import io.sluice.domain.market.state.StateTape;
import io.sluice.domain.wire.Aggressor;

/**
 * What the last trades say: the log return of the newest, and over all of them; bought less sold
 * volume over both; their average price by volume; and their mean quantity.
 */
public final class TradeFlow implements TickIndicator {
  private final Window prices;
  private final RollingSum net;
  private final RollingSum known;
  private final RollingSum volume;
  private final RollingSum turnover;

  public TradeFlow(int trades) {
    prices = new Window(trades + 1);
    net = new RollingSum(trades);
    known = new RollingSum(trades);
    volume = new RollingSum(trades);
    turnover = new RollingSum(trades);
  }

  @Override
  public void trade(double price, double qty, Aggressor aggressor) {
    prices.add(price);
    net.add(aggressor == Aggressor.BUY ? qty : aggressor == Aggressor.SELL ? -qty : 0);
    known.add(aggressor == Aggressor.UNKNOWN ? 0 : qty);
    volume.add(qty);
    turnover.add(price * qty);
  }

  @Override
  public void into(double[] row, int at) {
    boolean isWarm = volume.isFull();
    row[at] = prices.size() > 1 ? StrictMath.log(prices.back(0) / prices.back(1)) : Double.NaN;
    row[at + 1] =
        prices.isFull()
            ? StrictMath.log(prices.back(0) / prices.back(prices.size() - 1))
            : Double.NaN;
    row[at + 2] =
        isWarm && known.sum() > 0 ? Math.max(-1, Math.min(1, net.sum() / known.sum())) : Double.NaN;
    row[at + 3] = isWarm && volume.sum() > 0 ? turnover.sum() / volume.sum() : Double.NaN;
    row[at + 4] = isWarm ? volume.mean() : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    prices.state(tape);
    net.state(tape);
    known.state(tape);
    volume.state(tape);
    turnover.state(tape);
  }
}
