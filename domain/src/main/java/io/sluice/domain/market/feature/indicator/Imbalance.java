package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.state.StateTape;

/**
 * Bought less sold volume over both, by the aggressor, from -1 to 1; none where no trade says who
 * it was.
 */
public final class Imbalance implements Indicator {
  private final RollingSum net;
  private final RollingSum known;

  public Imbalance(int length) {
    net = new RollingSum(length);
    known = new RollingSum(length);
  }

  @Override
  public void add(Bar bar) {
    net.add(bar.buyVolume() - bar.sellVolume());
    known.add(bar.buyVolume() + bar.sellVolume());
  }

  @Override
  public void into(double[] row, int at) {
    row[at] =
        known.isFull() && known.sum() > 0
            ? Math.max(-1, Math.min(1, net.sum() / known.sum()))
            : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    net.state(tape);
    known.state(tape);
  }
}
