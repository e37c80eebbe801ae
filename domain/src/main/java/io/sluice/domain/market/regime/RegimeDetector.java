package io.sluice.domain.market.regime;

import io.sluice.domain.market.Regime;

/**
 * The regime that thresholds show, with hysteresis: what it takes to leave a regime is more than
 * what it took to enter it. A crash comes first, then how volatile the market is, and of one that
 * is neither calm nor volatile, whether it trends or ranges.
 */
final class RegimeDetector {
  private static final double LN_2 = StrictMath.log(2);

  private final RegimeTerms terms;

  RegimeDetector(RegimeTerms terms) {
    this.terms = terms;
  }

  /**
   * What a bar shows.
   *
   * @param sigmaDaily the daily volatility
   * @param volumeRatio the bar's volume over the mean of those before it
   * @param efficiency the efficiency ratio, 0 to 1
   */
  record Reading(double sigmaDaily, double volumeRatio, double efficiency) {}

  /**
   * The regime that a reading shows to a market in another.
   *
   * @param current the regime it is in, or null
   */
  Regime shown(Regime current, Reading reading) {
    double stay = 1 - terms.hysteresis();
    double leave = 1 + terms.hysteresis();
    double sigma = reading.sigmaDaily();
    if (current == Regime.VOLATILE
        ? sigma >= terms.volatileSigmaDaily() * stay
        : sigma > terms.volatileSigmaDaily() && reading.volumeRatio() > terms.volumeSpike()) {
      return Regime.VOLATILE;
    }
    if (sigma < terms.lowSigmaDaily() * (current == Regime.LOW_VOLATILITY ? leave : 1)) {
      return Regime.LOW_VOLATILITY;
    }
    double efficiency = reading.efficiency();
    if (efficiency >= terms.trending() * (current == Regime.TRENDING ? stay : 1)) {
      return Regime.TRENDING;
    }
    if (efficiency < terms.ranging() * (current == Regime.RANGING ? leave : 1)) {
      return Regime.RANGING;
    }
    return Regime.NORMAL;
  }

  /**
   * How clearly a reading shows a regime: 0.5 at its nearest threshold, 1 where it is a factor of
   * two from all of them.
   */
  double clarity(Regime regime, Reading reading) {
    double fromVolatile = distance(reading.sigmaDaily(), terms.volatileSigmaDaily());
    double fromLow = distance(reading.sigmaDaily(), terms.lowSigmaDaily());
    double fromTrend = distance(reading.efficiency(), terms.trending());
    double fromRange = distance(reading.efficiency(), terms.ranging());
    double nearest =
        switch (regime) {
          case FLASH_CRASH -> 1;
          case VOLATILE -> fromVolatile;
          case LOW_VOLATILITY -> fromLow;
          case TRENDING -> Math.min(fromTrend, fromLow);
          case RANGING -> Math.min(fromRange, fromLow);
          case NORMAL -> Math.min(Math.min(fromLow, fromVolatile), Math.min(fromTrend, fromRange));
        };
    return 0.5 + 0.5 * nearest;
  }

  /** Halvings or doublings from a threshold, at most 1. */
  private static double distance(double value, double threshold) {
    return value > 0 ? Math.min(1, Math.abs(StrictMath.log(value / threshold)) / LN_2) : 1;
  }
}
