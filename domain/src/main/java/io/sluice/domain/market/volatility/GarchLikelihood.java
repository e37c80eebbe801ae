package io.sluice.domain.market.volatility;

import java.util.Arrays;

/**
 * The mean negative log likelihood of returns under GARCH with normal innovations, and its
 * gradient, by parameters that may take any value: mu; a with omega = exp a; and b with each weight
 * exp b_k / (1 + sum exp b), so that weights are positive and add up to less than 1. Before the
 * first return squares and variances are the mean of the squared innovations.
 */
final class GarchLikelihood implements Bfgs.Function {
  private static final double LN_2_PI = StrictMath.log(2 * StrictMath.PI);

  private final double[] returns;
  private final int alphas;
  private final int betas;

  GarchLikelihood(double[] returns, int alphas, int betas) {
    this.returns = returns;
    this.alphas = alphas;
    this.betas = betas;
  }

  /** The free parameters of a model. */
  double[] free(GarchModel model) {
    double[] free = new double[2 + alphas + betas];
    free[0] = model.mu();
    free[1] = StrictMath.log(model.omega());
    double rest = 1 - model.persistence();
    for (int i = 0; i < alphas; i++) {
      free[2 + i] = StrictMath.log(model.alpha()[i] / rest);
    }
    for (int j = 0; j < betas; j++) {
      free[2 + alphas + j] = StrictMath.log(model.beta()[j] / rest);
    }
    return free;
  }

  /** The model that free parameters stand for. */
  GarchModel model(double[] free) {
    double[] weights = weights(free);
    double square = 0;
    for (double aReturn : returns) {
      square += (aReturn - free[0]) * (aReturn - free[0]);
    }
    return new GarchModel(
        free[0],
        StrictMath.exp(free[1]),
        Arrays.copyOfRange(weights, 0, alphas),
        Arrays.copyOfRange(weights, alphas, alphas + betas),
        square / returns.length);
  }

  private double[] weights(double[] free) {
    // Relative to the largest exponent, so that none overflows.
    double largest = 0;
    for (int k = 2; k < free.length; k++) {
      largest = Math.max(largest, free[k]);
    }
    double sum = StrictMath.exp(-largest);
    double[] weights = new double[alphas + betas];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = StrictMath.exp(free[2 + k] - largest);
      sum += weights[k];
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  @Override
  public double at(double[] free, double[] gradient) {
    int n = returns.length;
    int size = free.length;
    GarchModel model = model(free);
    double start = model.startVariance();
    double meanInnovation = 0;
    for (double aReturn : returns) {
      meanInnovation += aReturn - model.mu();
    }
    double startSlope = -2 * meanInnovation / n;

    double[] innovations = new double[n];
    double[] variances = new double[n];
    double[][] slopes = new double[n][size];
    double sum = 0;
    Arrays.fill(gradient, 0);
    for (int t = 0; t < n; t++) {
      double[] slope = slopes[t];
      slope[1] = 1;
      double variance = model.omega();
      for (int i = 0; i < alphas; i++) {
        int at = t - 1 - i;
        double square = at < 0 ? start : innovations[at] * innovations[at];
        double weight = model.alpha()[i];
        variance += weight * square;
        slope[0] += weight * (at < 0 ? startSlope : -2 * innovations[at]);
        slope[2 + i] += square;
      }
      for (int j = 0; j < betas; j++) {
        int at = t - 1 - j;
        double past = at < 0 ? start : variances[at];
        double weight = model.beta()[j];
        variance += weight * past;
        slope[2 + alphas + j] += past;
        if (at < 0) {
          slope[0] += weight * startSlope;
        } else {
          for (int k = 0; k < size; k++) {
            slope[k] += weight * slopes[at][k];
          }
        }
      }
      double innovation = returns[t] - model.mu();
      innovations[t] = innovation;
      variances[t] = variance;
      double ratio = innovation * innovation / variance;
      sum += StrictMath.log(variance) + ratio;
      double byVariance = (1 - ratio) / variance;
      for (int k = 0; k < size; k++) {
        gradient[k] += byVariance * slope[k];
      }
      gradient[0] -= 2 * innovation / variance;
    }
    toFree(model, gradient);
    for (int k = 0; k < size; k++) {
      gradient[k] /= 2 * n;
    }
    return (LN_2_PI + sum / n) / 2;
  }

  /** From slopes by omega and weights to slopes by the free parameters. */
  private void toFree(GarchModel model, double[] gradient) {
    gradient[1] *= model.omega();
    double mean = 0;
    for (int i = 0; i < alphas; i++) {
      mean += model.alpha()[i] * gradient[2 + i];
    }
    for (int j = 0; j < betas; j++) {
      mean += model.beta()[j] * gradient[2 + alphas + j];
    }
    for (int i = 0; i < alphas; i++) {
      gradient[2 + i] = model.alpha()[i] * (gradient[2 + i] - mean);
    }
    for (int j = 0; j < betas; j++) {
      gradient[2 + alphas + j] = model.beta()[j] * (gradient[2 + alphas + j] - mean);
    }
  }
}
