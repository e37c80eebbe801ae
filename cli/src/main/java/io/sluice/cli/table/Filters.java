package io.sluice.cli.table;

import io.sluice.cli.table.Formula.Result;
import io.sluice.domain.market.anomaly.LeftMatrixProfile;
import io.sluice.domain.market.regime.HamiltonFilter;
import io.sluice.domain.market.volatility.GarchFilter;
import io.sluice.domain.market.volatility.GarchFit;
import io.sluice.domain.market.volatility.GarchModel;
import java.util.Arrays;
import java.util.List;

/** The filters of a series whose terms are of the whole series. */
final class Filters {
  private static final double LOG_2_PI = StrictMath.log(2 * StrictMath.PI);

  private Filters() {}

  /** Filtered variances at known coefficients. */
  static Result garch(BarTable table, double[] series, Numbers numbers) {
    double mu = numbers.any(0);
    double start =
        Arrays.stream(series)
            .filter(Double::isFinite)
            .map(value -> (value - mu) * (value - mu))
            .average()
            .orElse(Double.NaN);
    double[] alpha = {numbers.any(2)};
    double[] beta = {numbers.any(3)};
    GarchModel model = new GarchModel(mu, numbers.any(1), alpha, beta, start);
    return new Result(List.of("garch"), List.of(filtered(model, series)), List.of());
  }

  static Result fittedGarch(BarTable table, double[] series, Numbers numbers) {
    int alphas = numbers.whole(0, 1, 5);
    int betas = numbers.whole(1, 0, 5);
    double[] returns = Arrays.stream(series).filter(Double::isFinite).toArray();
    GarchFit fit = GarchFit.of(returns, alphas, betas);
    if (fit.model() == null) {
      throw new IllegalArgumentException("garch_fit came to no model: " + fit.refusal());
    }
    GarchModel model = fit.model();
    String note =
        "garch_fit: mu %s, omega %s, alpha %s, beta %s, start variance %s, log likelihood %s, %d steps"
            .formatted(
                model.mu(),
                model.omega(),
                Arrays.toString(model.alpha()),
                Arrays.toString(model.beta()),
                model.startVariance(),
                fit.logLikelihood(),
                fit.iterations());
    return new Result(List.of("garch_fit"), List.of(filtered(model, series)), List.of(note));
  }

  /** The variance of each value given those before it. */
  private static double[] filtered(GarchModel model, double[] series) {
    GarchFilter filter = new GarchFilter(model);
    double[] column = new double[series.length];
    for (int i = 0; i < column.length; i++) {
      boolean isThere = Double.isFinite(series[i]);
      column[i] = isThere ? filter.variance() : Double.NaN;
      if (isThere) {
        filter.add(series[i]);
      }
    }
    return column;
  }

  static Result hamilton(BarTable table, double[] series, Numbers numbers) {
    double stay0 = numbers.probability(0);
    double from1To0 = numbers.probability(1);
    HamiltonFilter filter =
        new HamiltonFilter(new double[][] {{stay0, 1 - stay0}, {from1To0, 1 - from1To0}});
    double[][] columns = new double[3][series.length];
    double logLikelihood = 0;
    for (int i = 0; i < series.length; i++) {
      if (!Double.isFinite(series[i])) {
        for (double[] column : columns) {
          column[i] = Double.NaN;
        }
        continue;
      }
      logLikelihood +=
          filter.add(
              new double[] {
                logNormal(series[i] - numbers.any(2), numbers.positive(4)),
                logNormal(series[i] - numbers.any(3), numbers.positive(5))
              });
      columns[0][i] = filter.probability(0);
      columns[1][i] = filter.probability(1);
      columns[2][i] = logLikelihood;
    }
    return new Result(
        List.of("hamilton_0", "hamilton_1", "hamilton_log_likelihood"),
        List.of(columns),
        List.of());
  }

  private static double logNormal(double deviation, double sigma) {
    double standard = deviation / sigma;
    return -(LOG_2_PI + 2 * StrictMath.log(sigma) + standard * standard) / 2;
  }

  /** What is to the right of one shape is to the left of another. */
  static Result matrixProfile(BarTable table, double[] series, Numbers numbers) {
    int length = numbers.whole(0);
    double[] values = Arrays.stream(series).filter(Double::isFinite).toArray();
    int first = series.length - values.length;
    LeftMatrixProfile profile = new LeftMatrixProfile(length, values.length);
    Nearest all = new Nearest(series.length);
    Nearest before = new Nearest(series.length);
    for (int last = 0; last < values.length; last++) {
      profile.add(values[last]);
      int shape = first + last - length + 1;
      for (int lag = profile.leastLag(); lag <= profile.lags(); lag++) {
        double correlation = profile.correlation(lag);
        all.take(shape, shape - lag, correlation);
        all.take(shape - lag, shape, correlation);
        before.take(shape, shape - lag, correlation);
      }
    }
    return new Result(
        List.of(
            "matrix_profile", "matrix_profile_at", "left_matrix_profile", "left_matrix_profile_at"),
        List.of(all.distances(profile), all.at, before.distances(profile), before.at),
        List.of());
  }

  /** The most similar shape of each, the first of equals. */
  private static final class Nearest {
    private final double[] correlations;
    private final double[] at;

    Nearest(int rows) {
      correlations = new double[rows];
      at = new double[rows];
      Arrays.fill(correlations, Double.NaN);
      Arrays.fill(at, Double.NaN);
    }

    void take(int shape, int other, double correlation) {
      if (!(correlation <= correlations[shape])) {
        correlations[shape] = correlation;
        at[shape] = other + 1;
      }
    }

    double[] distances(LeftMatrixProfile profile) {
      return Arrays.stream(correlations).map(profile::distance).toArray();
    }
  }
}
