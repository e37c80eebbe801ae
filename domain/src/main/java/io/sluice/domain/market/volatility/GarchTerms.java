package io.sluice.domain.market.volatility;

/**
 * How a GARCH model is kept up to date; all lengths in bars with a trade.
 *
 * @param alphas how many squared innovations count, 1 to 5
 * @param betas how many past variances count, 0 to 5
 * @param window how many returns a fit is of, {@link GarchFit#LEAST_RETURNS} to 20,000
 * @param fitEvery how many bars lie between fits, at least {@code effectiveAfter}
 * @param effectiveAfter how many bars after the last one of its returns a fit takes effect, at
 *     least 1
 */
public record GarchTerms(int alphas, int betas, int window, int fitEvery, int effectiveAfter) {
  /** GARCH(1,1) on 1,000 returns, fitted again every 240 bars and in effect 2 bars later. */
  public static final GarchTerms DEFAULT = new GarchTerms(1, 1, 1_000, 240, 2);

  public GarchTerms {
    require("alphas", alphas, 1, 5);
    require("betas", betas, 0, 5);
    require("window", window, GarchFit.LEAST_RETURNS, 20_000);
    require("effective_after", effectiveAfter, 1, 1_000);
    require("fit_every", fitEvery, effectiveAfter, 1_000_000);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", expected from " + least + " to " + most);
    }
  }

  GarchFit fit(double[] returns) {
    return GarchFit.of(returns, alphas, betas);
  }
}
