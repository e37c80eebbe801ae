package io.sluice.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final double ABSENT = Double.NaN;

  @Test
  void binsHoldAboutAsManyEach() {
    double[] values = new double[100];
    for (int i = 0; i < 90; i++) {
      values[i] = i;
    }
    Arrays.fill(values, 90, 100, ABSENT);
    ReferenceBins bins = ReferenceBins.of(values, 3);
    assertThat(bins.edges()).containsExactly(30, 60);
    assertThat(bins.shares())
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.3, 0.3, 0.3, 0.1);
    assertThat(bins.binOf(29.9)).isZero();
    assertThat(bins.binOf(30)).isEqualTo(1);
    assertThat(bins.binOf(1e9)).isEqualTo(2);
    assertThat(bins.binOf(ABSENT)).isEqualTo(3);
  }

  @Test
  void valuesThatRepeatMakeFewerBins() {
    ReferenceBins bins = ReferenceBins.of(new double[] {0, 0, 0, 0, 0, 0, 0, 1}, 4);
    assertThat(bins.edges()).isEmpty();
    assertThat(ReferenceBins.of(new double[] {0, 0, 1, 1, 1, 1, 1, 1}, 4).edges())
        .containsExactly(1);
    assertThat(ReferenceBins.of(new double[] {ABSENT, ABSENT}, 4).shares()).containsExactly(0, 1);
  }

  /**
   * 20 % each expected, then 10, 20, 40, 20 and 10 %: (-0.1) ln 0.5 twice and 0.2 ln 2, which is
   * 0.4 ln 2.
   */
  @Test
  void theStabilityIndexIsTheSumOverTheBins() {
    ReferenceBins bins =
        new ReferenceBins(new double[] {1, 2, 3, 4}, new double[] {0.2, 0.2, 0.2, 0.2, 0.2, 0});
    assertThat(bins.stabilityIndex(new int[] {9, 10, 20, 40, 20, 10, 0}, 1))
        .isCloseTo(0.4 * Math.log(2), within(1e-12));
    assertThat(bins.stabilityIndex(new int[] {5, 5, 5, 5, 5, 0}, 0)).isCloseTo(0, within(1e-12));
    assertThat(bins.stabilityIndex(new int[6], 0)).isNaN();
  }

  /** So that a bound on drift, which is for models whose inputs matter, does not let it pass. */
  @Test
  void whereNoFeatureMattersDriftIsNotKnown() {
    ReferenceBins halves = new ReferenceBins(new double[] {0}, new double[] {0.5, 0.5, 0});
    DriftWatch watch = new DriftWatch(new Reference(List.of(halves), new double[] {0}, 64));
    for (int i = 0; i < 100; i++) {
      watch.add(new double[] {5});
    }
    assertThat(watch.drift()).isNaN();
    assertThat(watch.worst()).isEqualTo(-1);
  }

  @Test
  void driftIsWeighedByImportanceAndNamesTheWorst() {
    ReferenceBins halves = new ReferenceBins(new double[] {0}, new double[] {0.5, 0.5, 0});
    Reference reference =
        new Reference(List.of(halves, halves, halves), new double[] {3, 1, 0}, 64);
    DriftWatch watch = new DriftWatch(reference);
    for (int i = 0; i < 31; i++) {
      watch.add(new double[] {i % 2 - 0.5, 1, ABSENT});
      assertThat(watch.drift()).isNaN();
    }
    watch.add(new double[] {1, 1, ABSENT});
    double moved = (1e-4 - 0.5) * Math.log(1e-4 / 0.5) + 0.5 * Math.log(2);
    assertThat(watch.drift()).isCloseTo(moved / 4, within(1e-9));
    assertThat(watch.worst()).isEqualTo(1);
    DriftWatch read = DriftWatch.of(reference, watch.toBytes());
    for (int i = 0; i < 200; i++) {
      double[] row = {i % 2 - 0.5, i % 2 - 0.5, 0};
      watch.add(row);
      read.add(row);
      assertThat(read.drift()).isEqualTo(watch.drift());
    }
    assertThat(read.toBytes()).isEqualTo(watch.toBytes());
    assertThat(watch.drift()).isCloseTo(0, within(1e-12));
  }
}
