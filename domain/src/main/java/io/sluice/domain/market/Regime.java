package io.sluice.domain.market;

/**
 * What kind of market an instrument is in. Where its bars are not looked at, a snapshot tells a
 * crash and the three steps of volatility; whether a market trends or ranges it does not tell then.
 */
public enum Regime {
  LOW_VOLATILITY,
  NORMAL,
  VOLATILE,
  TRENDING,
  RANGING,
  FLASH_CRASH;

  /** Daily volatility below which a market is calm: half of where sizing begins to adapt. */
  private static final double LOW_SIGMA_DAILY = 0.01;

  /** Daily volatility from which a market is volatile. */
  private static final double VOLATILE_SIGMA_DAILY = 0.05;

  /** The regime a snapshot shows, or null where the volatility is not known yet. */
  public static Regime of(Snapshot market) {
    return of(!market.crashes().isEmpty(), market.regime(), market.sigmaDaily());
  }

  /**
   * The regime of a market: that of a crash while one is on, else that of its bars, else the step
   * of its volatility.
   *
   * @param byBars null where bars do not say it
   * @param sigmaDaily null where it is not known
   * @return null where nothing is known
   */
  static Regime of(boolean isCrash, Regime byBars, Double sigmaDaily) {
    if (isCrash) {
      return FLASH_CRASH;
    }
    return byBars == null ? of(sigmaDaily) : byBars;
  }

  /**
   * The step of a volatility that is not one of a crash.
   *
   * @param sigma of a day, null or NaN where it is not known yet; then the regime is null
   */
  public static Regime of(Double sigma) {
    if (sigma == null || sigma.isNaN()) {
      return null;
    }
    if (sigma >= VOLATILE_SIGMA_DAILY) {
      return VOLATILE;
    }
    return sigma < LOW_SIGMA_DAILY ? LOW_VOLATILITY : NORMAL;
  }
}
