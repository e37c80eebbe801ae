package io.sluice.domain.scoring.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.scoring.Calibration;
import org.junit.jupiter.api.Test;

class JudgementTest {
  /** The examples of scikit-learn's roc_auc_score, log_loss and brier_score_loss. */
  @Test
  void agreesWithPublishedExamples() {
    assertThat(judgement("0011", 0.1, 0.4, 0.35, 0.8).auc()).isEqualTo(0.75);
    // Of "spam", "ham", "ham", "spam"; the second column is the probability of spam.
    assertThat(judgement("1001", 0.9, 0.1, 0.2, 0.65).logLoss()).isCloseTo(0.21616, within(5e-6));
    assertThat(judgement("0110", 0.1, 0.9, 0.8, 0.3).brier()).isCloseTo(0.0375, within(1e-12));
  }

  /** Hanley and McNeil (1982): an area of 0.893 with 51 abnormal and 58 normal has 0.032. */
  @Test
  void theAreasErrorIsHanleyAndMcNeils() {
    assertThat(Judgement.standardError(0.893, 51, 58)).isCloseTo(0.0325, within(5e-4));
    assertThat(Judgement.standardError(0.5, 100, 100))
        .isCloseTo(Math.sqrt(201 / (12.0 * 100 * 100)), within(1e-12));
  }

  @Test
  void tiesCountByHalfAndOneKindTellsNothing() {
    assertThat(judgement("0101", 0.5, 0.5, 0.5, 0.5).auc()).isEqualTo(0.5);
    assertThat(judgement("0011", 0.2, 0.5, 0.5, 0.9).auc()).isEqualTo(3.5 / 4);
    assertThat(judgement("11", 0.2, 0.5).auc()).isNaN();
  }

  @Test
  void whatWasCertainAndWrongIsFinite() {
    assertThat(judgement("1", 0).logLoss()).isCloseTo(-Math.log(1e-15), within(1e-9));
  }

  @Test
  void saidAndHappenedAreComparedInBins() {
    Judgement judgement = judgement("01110", 0.1, 0.2, 0.8, 1, 0.9);
    assertThat(judgement.reliability(2))
        .usingRecursiveFieldByFieldElementComparator()
        .satisfiesExactly(
            bin -> {
              assertThat(bin.rows()).isEqualTo(2);
              assertThat(bin.said()).isCloseTo(0.15, within(1e-12));
              assertThat(bin.happened()).isEqualTo(0.5);
            },
            bin -> {
              assertThat(bin.rows()).isEqualTo(3);
              assertThat(bin.said()).isCloseTo(0.9, within(1e-12));
              assertThat(bin.happened()).isCloseTo(2 / 3.0, within(1e-12));
            });
    assertThat(judgement.calibrationError(2))
        .isCloseTo((2 * 0.35 + 3 * (0.9 - 2 / 3.0)) / 5, within(1e-12));
  }

  /** libsvm's fit of these three, as scikit-learn's tests quote it. */
  @Test
  void plattAgreesWithLibsvm() {
    Calibration.Platt fit =
        PlattFit.of(new double[] {5, -4, 1}, new boolean[] {true, false, false});
    assertThat(fit.a()).isCloseTo(-0.20261354391187855, within(1e-3));
    assertThat(fit.b()).isCloseTo(0.65236314980010512, within(1e-3));
  }

  @Test
  void plattLeavesWhatIsCalibratedAlone() {
    double[] said = new double[1_000];
    boolean[] up = new boolean[said.length];
    for (int i = 0; i < said.length; i++) {
      said[i] = (i % 10 + 0.5) / 10;
      up[i] = i / 10 % 20 < (i % 10) * 2 + 1;
    }
    Calibration.Platt fit = PlattFit.of(new Judgement(said, up));
    assertThat(fit.apply(0.25)).isCloseTo(0.25, within(0.01));
    assertThat(fit.apply(0)).isGreaterThanOrEqualTo(0);
    assertThat(fit.apply(1)).isLessThanOrEqualTo(1);
  }

  /** The example of scikit-learn's isotonic regression tests. */
  @Test
  void isotonicAgreesWithAPublishedExample() {
    double[] values = {3, 7, 5, 9, 8, 7, 10};
    double[] weights = {1, 1, 1, 1, 1, 1, 1};
    assertThat(IsotonicFit.pooled(values, weights)).containsExactly(3, 6, 6, 8, 8, 8, 10);
  }

  @Test
  void isotonicNeverFallsAndIsLevelOutside() {
    Calibration.Isotonic fit =
        IsotonicFit.of(judgement("0100111", 0.1, 0.2, 0.2, 0.3, 0.6, 0.7, 0.9));
    // 0, then 1/3 of the three that violate, then 1.
    assertThat(fit.apply(0.05)).isZero();
    assertThat(fit.apply(0.2)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(fit.apply(0.25)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(fit.apply(0.45)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(fit.apply(0.8)).isEqualTo(1);
    assertThat(fit.apply(1)).isEqualTo(1);
  }

  private static Judgement judgement(String outcomes, double... said) {
    boolean[] up = new boolean[said.length];
    for (int i = 0; i < up.length; i++) {
      up[i] = outcomes.charAt(i) == '1';
    }
    return new Judgement(said, up);
  }
}
