package io.sluice.domain.market.volatility;

import java.util.Arrays;

/**
 * What the fit of a GARCH model to returns came to.
 *
 * @param model the model, or null where the returns allow none
 * @param logLikelihood of the returns under the model; NaN without one
 * @param iterations how many steps the search took
 * @param refusal why there is no model, or null
 */
public record GarchFit(GarchModel model, double logLikelihood, int iterations, String refusal) {
  /** Fewer returns say nothing about how variances follow each other. */
  public static final int LEAST_RETURNS = 100;

  /** Weights that add up to more leave no variance to return to within any sample. */
  private static final double MOST_PERSISTENCE = 0.9999;

  private static final double[] START_ALPHAS = {0.01, 0.05, 0.1, 0.2};
  private static final double[] START_PERSISTENCES = {0.5, 0.7, 0.9, 0.98};

  /**
   * Fits by maximum likelihood with normal innovations. The search begins at the best of a grid:
   * the sample's mean, alphas together 0.01, 0.05, 0.1 or 0.2, persistence 0.5, 0.7, 0.9 or 0.98,
   * omega such that the model's variance is the sample's. Squares and variances before the first
   * return are the mean of the squared innovations. A pure function of its arguments.
   *
   * @param alphas how many squared innovations count, at least 1
   * @param betas how many past variances count, at least 0
   */
  public static GarchFit of(double[] returns, int alphas, int betas) {
    if (returns.length < LEAST_RETURNS) {
      return refused(
          "the sample has " + returns.length + " returns, expected at least " + LEAST_RETURNS);
    }
    double mean = Arrays.stream(returns).sum() / returns.length;
    double square = 0;
    for (double aReturn : returns) {
      square += (aReturn - mean) * (aReturn - mean);
    }
    double scale = Math.sqrt(square / returns.length);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      return refused("the returns of the sample do not vary");
    }
    double[] scaled = Arrays.stream(returns).map(aReturn -> aReturn / scale).toArray();
    GarchLikelihood likelihood = new GarchLikelihood(scaled, alphas, betas);
    Bfgs.Minimum found = Bfgs.minimum(likelihood, start(likelihood, mean / scale, alphas, betas));
    GarchModel model = likelihood.model(found.point());
    if (!found.isConverged()) {
      return refused("the search did not converge in " + found.iterations() + " steps");
    }
    if (model.persistence() > MOST_PERSISTENCE) {
      return refused(
          "the weights add up to "
              + model.persistence()
              + ", at most "
              + MOST_PERSISTENCE
              + " is stationary");
    }
    double squared = scale * scale;
    return new GarchFit(
        new GarchModel(
            model.mu() * scale,
            model.omega() * squared,
            model.alpha(),
            model.beta(),
            model.startVariance() * squared),
        -returns.length * (found.value() + StrictMath.log(scale)),
        found.iterations(),
        null);
  }

  private static double[] start(GarchLikelihood likelihood, double mean, int alphas, int betas) {
    double[] best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double alpha : START_ALPHAS) {
      for (double persistence : START_PERSISTENCES) {
        double[] alphaEach = new double[alphas];
        double[] betaEach = new double[betas];
        Arrays.fill(alphaEach, (betas == 0 ? persistence : alpha) / alphas);
        Arrays.fill(betaEach, betas == 0 ? 0 : (persistence - alpha) / betas);
        double[] free =
            likelihood.free(new GarchModel(mean, 1 - persistence, alphaEach, betaEach, 1));
        double value = likelihood.at(free, new double[free.length]);
        if (value < least) {
          least = value;
          best = free;
        }
      }
    }
    return best;
  }

  private static GarchFit refused(String why) {
    return new GarchFit(null, Double.NaN, 0, why);
  }
}
