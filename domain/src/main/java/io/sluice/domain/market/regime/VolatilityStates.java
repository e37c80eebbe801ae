package io.sluice.domain.market.regime;

import io.sluice.domain.market.Regime;
import io.sluice.domain.market.state.StateTape;

/**
 * The second opinion on how volatile a market is: a Hamilton filter with three states of zero mean
 * and known volatility, half the low threshold, the geometric mean of both thresholds, and twice
 * the volatile one. A state lasts a hundred bars on average and goes to its neighbours.
 */
final class VolatilityStates {
  private static final double STAY = 0.99;
  private static final double[][] TRANSITION = {
    {STAY, 1 - STAY, 0}, {(1 - STAY) / 2, STAY, (1 - STAY) / 2}, {0, 1 - STAY, STAY}
  };
  private static final double LOG_2_PI = StrictMath.log(2 * StrictMath.PI);
  private static final double DAY_US = 86_400_000_000.0;

  private final HamiltonFilter filter = new HamiltonFilter(TRANSITION);
  private final double[] variances = new double[3];

  /**
   * @param barUs the length of the bars whose returns come, microseconds
   */
  VolatilityStates(RegimeTerms terms, long barUs) {
    double[] sigmas = {
      terms.lowSigmaDaily() / 2,
      Math.sqrt(terms.lowSigmaDaily() * terms.volatileSigmaDaily()),
      terms.volatileSigmaDaily() * 2
    };
    for (int state = 0; state < sigmas.length; state++) {
      variances[state] = sigmas[state] * sigmas[state] * barUs / DAY_US;
    }
  }

  void add(double aReturn) {
    double[] logDensities = new double[variances.length];
    for (int state = 0; state < variances.length; state++) {
      double variance = variances[state];
      logDensities[state] =
          -(LOG_2_PI + StrictMath.log(variance) + aReturn * aReturn / variance) / 2;
    }
    filter.add(logDensities);
  }

  /** The probability of the volatility that a regime goes with. */
  double probability(Regime regime) {
    return switch (regime) {
      case LOW_VOLATILITY -> filter.probability(0);
      case VOLATILE, FLASH_CRASH -> filter.probability(2);
      case NORMAL, TRENDING, RANGING -> filter.probability(1);
    };
  }

  void state(StateTape tape) {
    filter.state(tape);
  }
}
