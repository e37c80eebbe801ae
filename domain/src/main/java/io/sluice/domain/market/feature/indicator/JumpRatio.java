package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.EqualRun;
import io.sluice.domain.market.state.StateTape;
import io.sluice.domain.market.volatility.RealisedVariation;

/**
 * Whether there was a jump among the log returns of the newest bars: the ratio of {@link
 * RealisedVariation#jumpRatio}, standard normal without one. None where the price stands still, nor
 * where all of the window's movement is a single return.
 */
public final class JumpRatio implements Indicator {
  private final int length;
  private final RealisedVariation variation;
  private final EqualRun run = new EqualRun();

  /**
   * @param length how many returns, at least 3
   */
  public JumpRatio(int length) {
    this.length = length;
    this.variation = new RealisedVariation(length);
  }

  @Override
  public void add(Bar bar) {
    double change = StrictMath.log(bar.close() / run.last());
    run.add(bar.close());
    if (Double.isFinite(change)) {
      variation.add(change);
    }
  }

  @Override
  public void into(double[] row, int at) {
    double ratio = run.covers(length + 1) ? Double.NaN : variation.jumpRatio();
    row[at] = Double.isFinite(ratio) ? ratio : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    variation.state(tape);
    run.state(tape);
  }
}
