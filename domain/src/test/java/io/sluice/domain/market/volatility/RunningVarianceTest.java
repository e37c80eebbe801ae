package io.sluice.domain.market.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.SharedData;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningVarianceTest {
  /**
   * NIST's certified values, correct digits at least: of NumAcc4 doubles hold 8, because its
   * samples themselves are no doubles.
   */
  @ParameterizedTest
  @CsvSource({
    "PiDigits, 13",
    "Lottery, 13",
    "Mavro, 12",
    "Michelso, 12",
    "NumAcc1, 15",
    "NumAcc2, 13",
    "NumAcc3, 9",
    "NumAcc4, 8"
  })
  void nistMeansAndDeviations(String name, int digits) {
    List<String> lines = SharedData.lines("nist-strd/" + name + ".txt");
    boolean hasKeys = lines.stream().anyMatch(line -> line.startsWith("mean"));
    RunningVariance variance = new RunningVariance();
    List<BigDecimal> samples = samples(lines);
    samples.forEach(sample -> variance.add(sample.doubleValue()));
    assertClose(
        variance.mean(),
        certified(lines, hasKeys ? "mean" : "Sample Mean"),
        Math.pow(10, -Math.max(digits, 13)));
    assertClose(
        variance.deviation(),
        certified(lines, hasKeys ? "standardDeviation" : "Sample Standard Deviation"),
        Math.pow(10, -digits));
  }

  @ParameterizedTest
  @CsvSource({"NumAcc3", "NumAcc4", "Mavro", "Michelso", "Lew", "Lottery"})
  void theRecurrenceItselfLosesNothing(String name) {
    RunningVariance variance = new RunningVariance();
    List<BigDecimal> doubles = new ArrayList<>();
    for (BigDecimal sample : samples(SharedData.lines("nist-strd/" + name + ".txt"))) {
      variance.add(sample.doubleValue());
      doubles.add(new BigDecimal(sample.doubleValue()));
    }
    MathContext exact = new MathContext(60);
    BigDecimal count = BigDecimal.valueOf(doubles.size());
    BigDecimal mean =
        doubles.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(count, exact);
    BigDecimal squares =
        doubles.stream()
            .map(sample -> sample.subtract(mean).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    double expected =
        squares.divide(count.subtract(BigDecimal.ONE), exact).sqrt(exact).doubleValue();
    assertClose(variance.deviation(), expected, 1e-13);
  }

  @Test
  void itGoesOnFromItsBytes() {
    RunningVariance straight = new RunningVariance();
    RunningVariance restored = new RunningVariance();
    for (double sample : new double[] {1e9 + 1, 1e9 + 2.5, 1e9 - 3, 1e9, 7}) {
      straight.add(sample);
      restored = RunningVariance.of(restored.toBytes());
      restored.add(sample);
      assertThat(restored.mean()).isEqualTo(straight.mean());
    }
    assertThat(restored.deviation()).isEqualTo(straight.deviation());
    assertThat(restored.count()).isEqualTo(5);
  }

  @Test
  void nothingAndOneSampleHaveNoDeviation() {
    RunningVariance variance = new RunningVariance();
    assertThat(variance.mean()).isNaN();
    variance.add(-1250);
    assertThat(variance.mean()).isEqualTo(-1250);
    assertThat(variance.deviation()).isNaN();
    variance.add(-1250);
    assertThat(variance.deviation()).isZero();
  }

  private static void assertClose(double actual, double expected, double relative) {
    assertThat(actual).isEqualTo(expected, within(Math.abs(expected) * relative));
  }

  /**
   * Two files of the nine have another layout, one of them without a deviation of full precision.
   */
  @Test
  void nistLew() {
    List<String> lines = SharedData.lines("nist-strd/Lew.txt");
    RunningVariance variance = new RunningVariance();
    samples(lines).forEach(sample -> variance.add(sample.doubleValue()));
    assertClose(variance.mean(), certified(lines, "mean"), 1e-13);
    assertClose(variance.variance(), certified(lines, "variance"), 1e-9);
  }

  private static double certified(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what) && line.matches(".*[:=] +[0-9-].*"))
        .map(line -> line.replaceAll(".*[:=] +", "").trim())
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElseThrow();
  }

  private static List<BigDecimal> samples(List<String> lines) {
    int start = 0;
    for (int i = 0; i < lines.size(); i++) {
      start = lines.get(i).startsWith("#") || lines.get(i).startsWith("--") ? i + 1 : start;
    }
    List<BigDecimal> samples = new ArrayList<>();
    for (String line : lines.subList(start, lines.size())) {
      if (!line.isBlank()) {
        samples.add(new BigDecimal(line.trim().split("\\s+")[0]));
      }
    }
    return samples;
  }
}
