package io.sluice.domain.market.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.market.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HamiltonFilterTest {
  /** The federal funds rate by quarter, 1954 to 2010, per cent. */
  private static final double[] FED_FUNDS = {
    1.03, 0.99, 1.34, 1.5, 1.94, 2.36, 2.48, 2.69, 2.81, 2.93, 2.93, 3.0, 3.23, 3.25, 1.86, 0.94,
    1.32, 2.16, 2.57, 3.08, 3.58, 3.99, 3.93, 3.7, 2.94, 2.3, 2.0, 1.73, 1.68, 2.4, 2.46, 2.61,
    2.85, 2.92, 2.97, 2.96, 3.33, 3.45, 3.46, 3.49, 3.46, 3.58, 3.97, 4.08, 4.07, 4.17, 4.56, 4.91,
    5.41, 5.56, 4.82, 3.99, 3.89, 4.17, 4.79, 5.98, 5.94, 5.92, 6.57, 8.33, 8.98, 8.94, 8.57, 7.88,
    6.7, 5.57, 3.86, 4.56, 5.47, 4.75, 3.54, 4.3, 4.74, 5.14, 6.54, 7.82, 10.56, 10.0, 9.32, 11.25,
    12.09, 9.35, 6.3, 5.42, 6.16, 5.41, 4.83, 5.2, 5.28, 4.87, 4.66, 5.16, 5.82, 6.51, 6.76, 7.28,
    8.1, 9.58, 10.07, 10.18, 10.95, 13.58, 15.05, 12.69, 9.84, 15.85, 16.57, 17.78, 17.58, 13.59,
    14.23, 14.51, 11.01, 9.29, 8.65, 8.8, 9.46, 9.43, 9.69, 10.56, 11.39, 9.27, 8.48, 7.92, 7.9,
    8.1, 7.83, 6.92, 6.21, 6.27, 6.22, 6.65, 6.84, 6.92, 6.66, 7.16, 7.98, 8.47, 9.44, 9.73, 9.08,
    8.61, 8.25, 8.24, 8.16, 7.74, 6.43, 5.86, 5.64, 4.82, 4.02, 3.77, 3.26, 3.04, 3.04, 3.0, 3.06,
    2.99, 3.21, 3.94, 4.49, 5.17, 5.81, 6.02, 5.8, 5.72, 5.36, 5.24, 5.31, 5.28, 5.28, 5.52, 5.53,
    5.51, 5.52, 5.5, 5.53, 4.86, 4.73, 4.75, 5.09, 5.31, 5.68, 6.27, 6.52, 6.47, 5.59, 4.33, 3.5,
    2.13, 1.73, 1.75, 1.74, 1.44, 1.25, 1.25, 1.02, 1.0, 1.0, 1.01, 1.43, 1.95, 2.47, 2.94, 3.46,
    3.98, 4.46, 4.91, 5.25, 5.25, 5.26, 5.25, 5.07, 4.5, 3.18, 2.09, 1.94, 0.51, 0.18, 0.18, 0.16,
    0.12, 0.13, 0.19, 0.19, 0.19
  };

  /** Growth of US real GNP by quarter, 1951 to 1984, per cent (Hamilton 1989). */
  private static final double[] GNP_GROWTH = {
    2.59316421, 2.20217133, 0.45827562, 0.9687438, -0.24130757, 0.89647478, 2.05393219,
    1.73353648, 0.93871289, -0.46477833, -0.80983406, -1.39763689, -0.39886093, 1.1918416,
    1.45620048, 2.11808228, 1.08957863, 1.32390273, 0.87296367, -0.19773273, 0.45420215,
    0.07221876, 1.1030364, 0.82097489, -0.05795795, 0.58447772, -1.56192672, -2.05041027,
    0.53637183, 2.33676839, 2.34014559, 1.2339263, 1.8869648, -0.45920792, 0.84940469,
    1.70139849, -0.28756312, 0.09594627, -0.86080289, 1.03447127, 1.23685944, 1.42004502,
    2.22410631, 1.30210173, 1.03517699, 0.9253425, -0.16559951, 1.3444382, 1.37500131,
    1.73222184, 0.71605635, 2.21032143, 0.85333031, 1.00238776, 0.42725441, 2.14368343,
    1.43789184, 1.57959926, 2.27469826, 1.95962656, 0.25992399, 1.01946914, 0.49016398,
    0.5636338, 0.5959546, 1.43082857, 0.56230122, 1.15388393, 1.68722844, 0.77438205,
    -0.09647045, 1.39600146, 0.13646798, 0.55223715, -0.39944872, -0.61671102, -0.08722561,
    1.2101835, -0.90729755, 2.64916158, -0.0080694, 0.51111895, -0.00401437, 2.16821432,
    1.92586732, 1.03504717, 1.85897219, 2.32004929, 0.25570789, -0.09855274, 0.89073682,
    -0.55896485, 0.28350255, -1.31155407, -0.88278776, -1.97454941, 1.01275265, 1.68264723,
    1.38271284, 1.86073637, 0.4447377, 0.41449001, 0.99202275, 1.36283576, 1.59970522,
    1.98845816, -0.25684232, 0.87786949, 3.1095655, 0.85324478, 1.23337317, 0.00314302,
    -0.09433369, 0.89883322, -0.19036628, 0.99772376, -2.39120054, 0.06649673, 1.26136017,
    1.91637838, -0.3348029, 0.44207108, -1.40664911, -1.52129889, 0.29919869, -0.80197448,
    0.15204792, 0.98585027, 2.13034606, 1.34397924, 1.61550522, 2.70930099, 1.24461412,
    0.50835466, 0.14802167
  };

  /** The Stata manual's switching mean of the federal funds rate. */
  @Test
  void theLikelihoodOfASwitchingMean() {
    HamiltonFilter filter = new HamiltonFilter(chain(0.9820939, 0.0503587));
    double logLikelihood = 0;
    for (double rate : FED_FUNDS) {
      logLikelihood +=
          filter.add(
              new double[] {
                logNormal(rate - 3.70877, 2.107562 * 2.107562),
                logNormal(rate - 9.556793, 2.107562 * 2.107562)
              });
    }
    assertThat(logLikelihood).isEqualTo(-508.63592, within(5e-6));
  }

  /**
   * Hamilton's recessions, by EViews: an autoregression of order 4, so 32 states of five quarters.
   */
  @Test
  void theRecessionsOfHamilton() {
    double[] mean = {-0.358811, 1.163516};
    double[] lags = {0.013486, -0.057521, -0.246983, -0.212923};
    double variance = Math.exp(2 * -0.262658);
    double[][] chain = chain(0.754673, 0.095915);
    double[][] transition = new double[32][32];
    for (int from = 0; from < 32; from++) {
      for (int now = 0; now < 2; now++) {
        // Bit 0 is the newest quarter.
        transition[from][(from << 1 & 31) | now] = chain[from & 1][now];
      }
    }
    HamiltonFilter filter = new HamiltonFilter(transition);
    double logLikelihood = 0;
    List<Double> recessions = new ArrayList<>();
    for (int t = 4; t < GNP_GROWTH.length; t++) {
      double[] densities = new double[32];
      for (int state = 0; state < 32; state++) {
        double residual = GNP_GROWTH[t] - mean[state & 1];
        for (int lag = 1; lag <= 4; lag++) {
          residual -= lags[lag - 1] * (GNP_GROWTH[t - lag] - mean[state >> lag & 1]);
        }
        densities[state] = logNormal(residual, variance);
      }
      logLikelihood += filter.add(densities);
      double recession = 0;
      for (int state = 0; state < 32; state += 2) {
        recession += filter.probability(state);
      }
      recessions.add(recession);
    }
    assertThat(logLikelihood).isEqualTo(-181.26339, within(5e-6));
    assertThat(recessions.get(0)).isEqualTo(0.223285, within(5e-7));
    assertThat(recessions.get(1)).isEqualTo(0.050808, within(5e-7));
    assertThat(recessions.get(2)).isEqualTo(0.003680, within(5e-7));
  }

  @Test
  void observationsFarOutLeaveProbabilities() {
    HamiltonFilter filter = new HamiltonFilter(chain(0.9, 0.1));
    filter.add(new double[] {-1e6, -1e6 + 1});
    assertThat(filter.probability(1)).isEqualTo(Math.E / (1 + Math.E), within(1e-12));
    filter.add(new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY});
    assertThat(filter.probability(0) + filter.probability(1)).isEqualTo(1, within(1e-12));
    filter.add(new double[] {Double.NaN, 0});
    assertThat(filter.probability(0)).isNotNaN();
  }

  @Test
  void theVolatilityOfReturnsIsFollowed() {
    VolatilityStates states = new VolatilityStates(RegimeTerms.DEFAULT, 60_000_000L);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      double sigmaDaily = i < 100 ? 0.005 : i < 200 ? 0.022 : 0.1;
      states.add(random.nextGaussian() * sigmaDaily / Math.sqrt(1_440));
      if (i == 99) {
        assertThat(states.probability(Regime.LOW_VOLATILITY)).isGreaterThan(0.95);
      } else if (i == 199) {
        assertThat(states.probability(Regime.NORMAL)).isGreaterThan(0.95);
      }
    }
    assertThat(states.probability(Regime.VOLATILE)).isGreaterThan(0.95);
  }

  private static double[][] chain(double stay0, double from1To0) {
    return new double[][] {{stay0, 1 - stay0}, {from1To0, 1 - from1To0}};
  }

  private static double logNormal(double deviation, double variance) {
    return -(Math.log(2 * Math.PI * variance) + deviation * deviation / variance) / 2;
  }
}
