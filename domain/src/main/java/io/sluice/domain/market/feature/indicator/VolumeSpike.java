package io.sluice.domain.market.feature.indicator;

import io.sluice.domain.market.bar.Bar;
import io.sluice.domain.market.feature.window.RollingMoments;
import io.sluice.domain.market.state.StateTape;

/**
 * The volume of a bar beside that of the bars before it, itself left out: over their mean, and how
 * many standard deviations (by n) above it. The ratio is not where nothing was traded before, nor
 * the deviations where all had the same volume.
 */
public final class VolumeSpike implements Indicator {
  private final RollingMoments before;
  private double ratio = Double.NaN;
  private double score = Double.NaN;

  public VolumeSpike(int length) {
    before = new RollingMoments(length);
  }

  @Override
  public void add(Bar bar) {
    if (before.isFull()) {
      double mean = before.mean();
      double deviation = before.deviation();
      ratio = mean > 0 ? bar.volume() / mean : Double.NaN;
      score = deviation > 0 ? (bar.volume() - mean) / deviation : Double.NaN;
    }
    before.add(bar.volume());
  }

  @Override
  public void into(double[] row, int at) {
    row[at] = ratio;
    row[at + 1] = score;
  }

  @Override
  public void state(StateTape tape) {
    before.state(tape);
    ratio = tape.number(ratio);
    score = tape.number(score);
  }
}
