package io.sluice.domain.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.SharedData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowVarianceTest {
  /** NIST's certified deviations, in a window that has slid over as many other values before. */
  @ParameterizedTest
  @CsvSource({
    "NumAcc1, 1, 1e-15",
    "NumAcc2, 0.1, 1e-12",
    "NumAcc3, 0.1, 1e-9",
    "NumAcc4, 0.1, 1e-8",
    "Michelso, 0.0790105478190518, 1e-12"
  })
  void nistDeviations(String name, double certified, double relative) {
    List<Double> samples = samples(name);
    WindowVariance variance = new WindowVariance(samples.size());
    samples.forEach(sample -> variance.add(sample + 0.5));
    assertThat(variance.variance()).isNotNaN();
    samples.forEach(variance::add);
    assertThat(Math.sqrt(variance.variance())).isEqualTo(certified, within(certified * relative));
  }

  /** A first price off the market, then a quiet one: what has left takes no digits with it. */
  @Test
  void aValueFarAwayThatHasLeftLeavesNothing() {
    WindowVariance variance = new WindowVariance(20);
    variance.add(17.7);
    Random random = new Random(11);
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1e-5 * random.nextGaussian();
      variance.add(values[i]);
    }
    double[] last = Arrays.copyOfRange(values, 180, 200);
    double mean = Arrays.stream(last).average().orElseThrow();
    double squares = Arrays.stream(last).map(value -> (value - mean) * (value - mean)).sum();
    assertThat(variance.variance()).isEqualTo(squares / 19, within(1e-12 * squares / 19));
  }

  @Test
  void aSumForgetsWhatWasTakenFromIt() {
    CompensatedSum sum = new CompensatedSum();
    sum.add(1e-12);
    sum.add(1e9);
    sum.add(3e-13);
    sum.add(-1e9);
    assertThat(sum.value()).isEqualTo(1.3e-12, within(1e-24));
  }

  private static List<Double> samples(String name) {
    List<Double> samples = new ArrayList<>();
    for (String line : SharedData.lines("nist-strd/" + name + ".txt")) {
      if (line.startsWith("#") || line.startsWith("--")) {
        samples.clear();
      } else if (line.matches("\\s*[-+0-9.eE]+\\s*")) {
        samples.add(Double.parseDouble(line.trim()));
      }
    }
    return samples;
  }
}
