package io.sluice.domain.account;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * What an account stands to lose, as a fraction of its equity: the sum of the risks of its
 * positions, working orders counted as filled, nothing netted between instruments.
 *
 * <p>A position's risk is its loss at the stop: its value times the distance of the stop that its
 * orders set, as the rules P02 and P03 have it. Where no order has set one it is the value times
 * the expected shortfall of a day at 97.5 % under normal returns, 2.3378 daily volatilities (Basel
 * Committee, Minimum capital requirements for market risk, MAR33: expected shortfall at 97.5 %; ES
 * = sigma phi(z) / (1 - p), z = 1.95996), and where the volatility is not known all of the value.
 */
public final class PortfolioRisk {
  /** phi(1.959964) / 0.025. */
  static final double SHORTFALL_IN_SIGMAS = 2.337802792;

  private PortfolioRisk() {}

  /**
   * @param sigmaDaily daily volatility of an instrument, or null where it is not known
   * @return 0 for no positions and orders; infinite where there are some and no equity
   */
  public static double of(AccountBook book, Function<String, Double> sigmaDaily) {
    double atRisk = 0;
    for (Holding holding : book.holdings()) {
      BigDecimal exposure = holding.exposure();
      if (exposure.signum() > 0) {
        atRisk += exposure.doubleValue() * StrictMath.min(1, share(holding, sigmaDaily));
      }
    }
    double equity = book.equity().doubleValue();
    return atRisk == 0 ? 0 : equity > 0 ? atRisk / equity : Double.POSITIVE_INFINITY;
  }

  private static double share(Holding holding, Function<String, Double> sigmaDaily) {
    if (holding.stopDistance() != null) {
      return holding.stopDistance().doubleValue();
    }
    Double sigma = sigmaDaily.apply(holding.instrument());
    return sigma == null ? 1 : SHORTFALL_IN_SIGMAS * sigma;
  }
}
