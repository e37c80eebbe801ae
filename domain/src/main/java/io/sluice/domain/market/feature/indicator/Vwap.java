package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.json.Times;
import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.CompensatedSum;
import io.sluice.domain.market.feature.window.RollingSum;
import io.sluice.domain.market.state.StateTape;

/**
 * The average price by volume: over the last bars, and over those of the UTC day so far. Neither is
 * where nothing was traded.
 */
public final class Vwap implements Indicator {
  private final RollingSum turnover;
  private final RollingSum volume;
  private final CompensatedSum turnoverOfDay = new CompensatedSum();
  private final CompensatedSum volumeOfDay = new CompensatedSum();
  private long day = Long.MIN_VALUE;

  public Vwap(int length) {
    turnover = new RollingSum(length);
    volume = new RollingSum(length);
  }

  @Override
  public void add(Bar bar) {
    turnover.add(bar.turnover());
    volume.add(bar.volume());
    if (Times.utcDay(bar.startUs()) != day) {
      day = Times.utcDay(bar.startUs());
      turnoverOfDay.clear();
      volumeOfDay.clear();
    }
    turnoverOfDay.add(bar.turnover());
    volumeOfDay.add(bar.volume());
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = volume.isFull() ? average(turnover.sum(), volume.sum()) : Double.NaN;
    row[at + 1] = average(turnoverOfDay.value(), volumeOfDay.value());
  }

  private static double average(double turnover, double volume) {
    return volume > 0 ? turnover / volume : Double.NaN;
  }

  @Override
  public void state(StateTape tape) {
    turnover.state(tape);
    volume.state(tape);
    turnoverOfDay.state(tape);
    volumeOfDay.state(tape);
    day = tape.whole(day);
  }
}
