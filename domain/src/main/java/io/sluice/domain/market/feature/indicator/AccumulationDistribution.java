package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.CompensatedSum;
import io.sluice.domain.market.state.StateTape;

/**
 * Chaikin's accumulation/distribution line: the sum of volume times ((close - low) - (high -
 * close)) / (high - low); a bar without range adds nothing.
 */
public final class AccumulationDistribution implements Indicator {
  private final CompensatedSum line = new CompensatedSum();
  private boolean isWarm;

  @Override
  public void add(Bar bar) {
    double range = bar.high() - bar.low();
    if (range > 0) {
      double part = (bar.close() - bar.low() - (bar.high() - bar.close())) / range;
      line.add(part * bar.volume());
    }
    isWarm = true;
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = isWarm ? line.value() : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    line.state(tape);
    isWarm = tape.count(isWarm ? 1 : 0) == 1;
  }
}
