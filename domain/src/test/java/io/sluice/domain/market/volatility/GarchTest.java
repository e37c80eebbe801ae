package io.sluice.domain.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.SharedData;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GarchTest {
  private static final long MINUTE = 60_000_000L;

  /** Hull, Options, Futures and Other Derivatives. */
  @Test
  void hullsExamples() {
    assertThat(after(2e-6, 0.13, 0.86, 0.016 * 0.016, 0.01)).isEqualTo(2.3516e-4, within(5e-9));
    assertThat(Math.sqrt(after(2e-6, 0.04, 0.94, 0.013 * 0.013, 298.0 / 300 - 1)))
        .isEqualTo(0.0127530, within(5e-8));
  }

  private static double after(
      double omega, double alpha, double beta, double variance, double aReturn) {
    // The start variance is the one whose forecast is the variance of the example.
    double start = (variance - omega) / (alpha + beta);
    GarchFilter filter =
        new GarchFilter(new GarchModel(0, omega, new double[] {alpha}, new double[] {beta}, start));
    filter.add(aReturn);
    return filter.variance();
  }

  /** Fiorentini, Calzolari and Panattoni 1996, on the returns of Bollerslev and Ghysels. */
  @Test
  void filteredVariancesAtThePublishedCoefficients() {
    double[] returns = returns();
    double mean =
        Arrays.stream(returns)
            .map(r -> (r + 0.00619041) * (r + 0.00619041))
            .average()
            .orElseThrow();
    assertThat(mean).isEqualTo(0.22112261071434974, within(1e-14));
    GarchFilter filter =
        new GarchFilter(
            new GarchModel(
                -0.00619041, 0.0107613, new double[] {0.153134}, new double[] {0.805974}, mean));
    List<String> published = SharedData.lines("garch-benchmark/dmbp_filtered_at_fcp.csv.gz");
    assertThat(published).hasSize(1_975);
    for (int t = 0; t < returns.length; t++) {
      double expected = Double.parseDouble(published.get(t + 1).split(",")[3]);
      assertThat(filter.variance()).isEqualTo(expected, within(1e-9));
      filter.add(returns[t]);
    }
    assertThat(filter.variance()).isEqualTo(0.14699224640130187, within(1e-13));
  }

  @Test
  void thePublishedCoefficientsFromAColdStart() {
    GarchFit fit = GarchFit.of(returns(), 1, 1);
    assertThat(fit.refusal()).isNull();
    GarchModel model = fit.model();
    assertThat(model.mu()).isEqualTo(-0.00619041, within(5e-9));
    assertThat(model.omega()).isEqualTo(0.0107613, within(1.1e-7));
    assertThat(model.alpha()[0]).isEqualTo(0.153134, within(5e-7));
    assertThat(model.beta()[0]).isEqualTo(0.805974, within(5e-7));
    // Newton's method with the gradient in closed form ends here, at a gradient of 1e-12.
    assertThat(model.mu()).isEqualTo(-0.00619040838, within(1e-9));
    assertThat(model.omega()).isEqualTo(0.01076139785, within(1e-9));
    assertThat(model.alpha()[0]).isEqualTo(0.15313406182, within(1e-9));
    assertThat(model.beta()[0]).isEqualTo(0.80597367031, within(1e-9));
    assertThat(fit.logLikelihood()).isEqualTo(-1106.607881, within(1e-6));
  }

  @Test
  void theSameReturnsInAnotherUnitGiveTheSameModel() {
    double[] returns = returns();
    GarchModel small =
        GarchFit.of(Arrays.stream(returns).map(r -> r * 1e-6).toArray(), 1, 1).model();
    GarchModel model = GarchFit.of(returns, 1, 1).model();
    assertThat(small.alpha()[0]).isEqualTo(model.alpha()[0], within(1e-7));
    assertThat(small.beta()[0]).isEqualTo(model.beta()[0], within(1e-7));
    assertThat(small.omega() * 1e12).isEqualTo(model.omega(), within(1e-8));
  }

  @Test
  void moreLagsFitAtLeastAsWell() {
    double[] returns = returns();
    double likelihood = GarchFit.of(returns, 1, 1).logLikelihood();
    for (int[] lags : new int[][] {{2, 1}, {1, 2}, {2, 2}}) {
      GarchFit fit = GarchFit.of(returns, lags[0], lags[1]);
      assertThat(fit.refusal()).isNull();
      assertThat(fit.logLikelihood()).isGreaterThanOrEqualTo(likelihood - 1e-6);
    }
    assertThat(GarchFit.of(returns, 2, 0).logLikelihood()).isLessThan(likelihood);
  }

  @Test
  void theGradientIsThatOfTheLikelihood() {
    double[] returns = returns();
    GarchLikelihood likelihood = new GarchLikelihood(returns, 2, 2);
    double[] free = {0.01, -3, -1.5, -2, 0.3, -0.4};
    double[] gradient = new double[6];
    likelihood.at(free, gradient);
    for (int k = 0; k < free.length; k++) {
      double[] up = free.clone();
      double[] down = free.clone();
      up[k] += 1e-5;
      down[k] -= 1e-5;
      double slope = (likelihood.at(up, new double[6]) - likelihood.at(down, new double[6])) / 2e-5;
      assertThat(gradient[k]).isEqualTo(slope, within(1e-8));
    }
    assertThat(likelihood.free(likelihood.model(free))).containsExactly(free, within(1e-12));
  }

  @Test
  void simulatedWeightsAreFound() {
    double[] returns = simulated(20_000, 2e-6, 0.1, 0.85, 7);
    GarchModel model = GarchFit.of(returns, 1, 1).model();
    assertThat(model.alpha()[0]).isEqualTo(0.1, within(0.02));
    assertThat(model.beta()[0]).isEqualTo(0.85, within(0.03));
  }

  @Test
  void whatAllowsNoModelSaysWhy() {
    assertThat(GarchFit.of(new double[99], 1, 1).refusal()).contains("99 returns");
    assertThat(GarchFit.of(new double[500], 1, 1).refusal()).contains("do not vary");
    double[] torn = returns500();
    torn[250] = Double.NaN;
    assertThat(GarchFit.of(torn, 1, 1).model()).isNull();
    double[] growing = new double[1_000];
    Random random = new Random(8);
    for (int i = 0; i < growing.length; i++) {
      growing[i] = random.nextGaussian() * Math.exp(i / 50.0);
    }
    assertThat(GarchFit.of(growing, 1, 1).refusal()).contains("stationary");
  }

  @Test
  void aFitTakesEffectAtItsBarWhoeverComputedIt() {
    VolatilityTerms terms = terms(new GarchTerms(1, 1, 400, 50, 5));
    BarVolatility alone = new BarVolatility(terms);
    BarVolatility helped = new BarVolatility(terms);
    double[] returns = simulated(620, 2e-6, 0.1, 0.85, 9);
    double price = 100;
    int changes = 0;
    GarchModel before = null;
    for (int i = 0; i <= returns.length; i++) {
      price *= i == 0 ? 1 : Math.exp(returns[i - 1]);
      alone.onBar(i * MINUTE, price, price, price, price);
      helped.onBar(i * MINUTE, price, price, price, price);
      BarVolatility.FitRequest request = helped.fitRequest();
      // The first request comes with the 400th return, and then every 50th.
      assertThat(request != null).isEqualTo(i >= 400 && i % 50 < 5);
      if (request != null && i % 50 == 2) {
        helped.offer(request, request.fit());
      }
      assertThat(helped.sigmaDaily()).isEqualTo(alone.sigmaDaily());
      if (alone.garchModel() != before) {
        assertThat(i % 50).isEqualTo(5);
        before = alone.garchModel();
        changes++;
      }
    }
    assertThat(changes).isEqualTo(5);
    assertThat(before.persistence()).isLessThan(1);
  }

  @Test
  void anOfferOfAnOlderRequestIsDropped() {
    VolatilityTerms terms = terms(new GarchTerms(1, 1, 100, 10, 5));
    BarVolatility volatility = new BarVolatility(terms);
    double[] returns = simulated(120, 2e-6, 0.1, 0.85, 10);
    feed(volatility, returns, 0, 101);
    BarVolatility.FitRequest old = volatility.fitRequest();
    feed(volatility, returns, 101, 111);
    GarchModel nonsense = new GarchModel(0, 1, new double[] {0}, new double[] {0}, 1);
    volatility.offer(old, new GarchFit(nonsense, 0, 0, null));
    feed(volatility, returns, 111, 120);
    assertThat(volatility.garchModel()).isNotEqualTo(nonsense);
    assertThat(volatility.variance()).isLessThan(0.01);
  }

  @Test
  void withoutAModelTheVarianceIsExponentiallyWeighted() {
    VolatilityTerms terms = terms(new GarchTerms(1, 1, 100, 10, 5));
    BarVolatility garch = new BarVolatility(terms);
    BarVolatility ewma = new BarVolatility(VolatilityTerms.DEFAULT);
    double[] returns = new double[300];
    Random random = new Random(11);
    for (int i = 0; i < returns.length; i++) {
      returns[i] = random.nextGaussian() * 1e-5 * Math.exp(i / 30.0);
    }
    feed(garch, returns, 0, 100);
    feed(ewma, returns, 0, 100);
    assertThat(garch.garchModel()).isNull();
    assertThat(garch.sigmaDaily()).as("before the first fit").isEqualTo(ewma.sigmaDaily());
    feed(garch, returns, 100, 301);
    feed(ewma, returns, 100, 301);
    assertThat(garch.garchModel()).as("a fit that is not stationary").isNull();
    assertThat(garch.sigmaDaily()).isEqualTo(ewma.sigmaDaily());
  }

  /** Bars from..to-1, of which bar i closes at the sum of the first i returns. */
  private static void feed(BarVolatility volatility, double[] returns, int from, int to) {
    for (int i = from; i < to; i++) {
      double price = 100 * Math.exp(Arrays.stream(returns, 0, i).sum());
      volatility.onBar(i * MINUTE, price, price, price, price);
    }
  }

  private static VolatilityTerms terms(GarchTerms garch) {
    return new VolatilityTerms(VolatilityMethod.GARCH, MINUTE, 60, 0.94, garch);
  }

  private static double[] returns500() {
    return simulated(500, 2e-6, 0.1, 0.85, 12);
  }

  private static double[] simulated(int n, double omega, double alpha, double beta, long seed) {
    Random random = new Random(seed);
    double[] returns = new double[n];
    double variance = omega / (1 - alpha - beta);
    for (int i = 0; i < n; i++) {
      returns[i] = Math.sqrt(variance) * random.nextGaussian();
      variance = omega + alpha * returns[i] * returns[i] + beta * variance;
    }
    return returns;
  }

  private static double[] returns() {
    return SharedData.lines("garch-benchmark/dmbp.csv").stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",")[1]))
        .toArray();
  }
}
