package io.sluice.domain.market.feature.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows over a quiet series in which two values lie far from all others. */
class CentreTest {
  private static final int LENGTH = 12;

  private final double[] quiet = series(3);
  private final double[] other = series(4);

  private static double[] series(long seed) {
    Random random = new Random(seed);
    double[] series = new double[200];
    for (int i = 0; i < series.length; i++) {
      series[i] = i == 0 || i == 100 ? 3e7 : 50 + random.nextGaussian();
    }
    return series;
  }

  @Test
  void aDeviationKeepsItsDigitsBehindAValueFarAway() {
    RollingMoments moments = new RollingMoments(LENGTH);
    for (int i = 0; i < quiet.length; i++) {
      moments.add(quiet[i]);
      if (i >= LENGTH) {
        double expected = Math.sqrt(covariance(quiet, quiet, i));
        assertThat(moments.deviation())
            .as("at %d", i)
            .isEqualTo(expected, within(1e-12 * expected));
      }
    }
  }

  @Test
  void aCorrelationKeepsItsDigitsBehindAValueFarAway() {
    RollingCorrelation correlation = new RollingCorrelation(LENGTH);
    for (int i = 0; i < quiet.length; i++) {
      correlation.add(quiet[i], other[i]);
      if (i >= LENGTH) {
        double scale = Math.sqrt(covariance(quiet, quiet, i) * covariance(other, other, i));
        double expected = covariance(quiet, other, i) / scale;
        assertThat(correlation.correlation()).as("at %d", i).isEqualTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void whatStandsStillFarFromItsCentreDoesNotMove() {
    RollingMoments moments = new RollingMoments(LENGTH);
    RollingCorrelation correlation = new RollingCorrelation(LENGTH);
    for (int i = 0; i < 100; i++) {
      double value = i < 5 ? 1 : 0.1 + 0.2;
      moments.add(value);
      correlation.add(value, quiet[i]);
    }
    assertThat(moments.variance()).isZero();
    assertThat(moments.mean()).isEqualTo(0.1 + 0.2);
    assertThat(correlation.correlation()).isNaN();
  }

  /** Of the newest pairs up to a place, from their means. */
  private static double covariance(double[] xs, double[] ys, int last) {
    double meanX = 0;
    double meanY = 0;
    for (int i = last - LENGTH + 1; i <= last; i++) {
      meanX += xs[i] / LENGTH;
      meanY += ys[i] / LENGTH;
    }
    double sum = 0;
    for (int i = last - LENGTH + 1; i <= last; i++) {
      sum += (xs[i] - meanX) * (ys[i] - meanY);
    }
    return sum / LENGTH;
  }
}
