package io.sluice.domain.market.volatility;

/**
 * A GARCH model with a constant mean: e = r - mu, h = omega + sum alpha_i e(t-i)^2 + sum beta_j
 * h(t-j) (Bollerslev 1986).
 *
 * @param mu mean return
 * @param omega constant of the variance, above 0
 * @param alpha weights of the newest squared innovations, newest first, none below 0
 * @param beta weights of the newest variances, newest first, none below 0
 * @param startVariance what stands for squares and variances before the first return: the mean of
 *     the squared innovations of the sample that the model was fitted to
 */
public record GarchModel(
    double mu, double omega, double[] alpha, double[] beta, double startVariance) {

  public GarchModel {
    alpha = alpha.clone();
    beta = beta.clone();
  }

  /** Sum of all weights: how much of today's variance is left tomorrow; below 1 if stationary. */
  public double persistence() {
    double sum = 0;
    for (double weight : alpha) {
      sum += weight;
    }
    for (double weight : beta) {
      sum += weight;
    }
    return sum;
  }
}
