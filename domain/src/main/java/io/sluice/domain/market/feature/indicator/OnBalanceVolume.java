package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.CompensatedSum;
import io.sluice.domain.market.state.StateTape;

/** Granville's on-balance volume: the volume of bars that closed higher less of those lower. */
public final class OnBalanceVolume implements Indicator {
  private final CompensatedSum volume = new CompensatedSum();
  private double close = Double.NaN;
  private boolean isWarm;

  @Override
  public void add(Bar bar) {
    if (!Double.isNaN(close)) {
      volume.add(Math.signum(bar.close() - close) * bar.volume());
      isWarm = true;
    }
    close = bar.close();
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = isWarm ? volume.value() : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    volume.state(tape);
    close = tape.number(close);
    isWarm = tape.count(isWarm ? 1 : 0) == 1;
  }
}
