package io.sluice.domain.account;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * What an account stands to lose, as a fraction of its equity: the sum of the risks of its
 * positions, working orders counted as filled, nothing netted between instruments.
 *
 * <p>A position's risk is its value times the expected shortfall of a day at 97.5 % under normal
 * returns, 2.3378 daily volatilities (Basel Committee, Minimum capital requirements for market
 * risk, MAR33: expected shortfall at 97.5 %; ES = sigma phi(z) / (1 - p), z = 1.95996). Where the
 * volatility is not known, all of the value is at risk.
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
        Double sigma = sigmaDaily.apply(holding.instrument());
        double share = sigma == null ? 1 : StrictMath.min(1, SHORTFALL_IN_SIGMAS * sigma);
        atRisk += exposure.doubleValue() * share;
      }
    }
    double equity = book.equity().doubleValue();
    return atRisk == 0 ? 0 : equity > 0 ? atRisk / equity : Double.POSITIVE_INFINITY;
  }
}
