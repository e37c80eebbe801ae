package io.sluice.domain.scoring.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.training.PurgedSplit.Fold;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LabelsAndSplitsTest {
  private static final Label BARRIERS = new Label(Label.Kind.TRIPLE_BARRIER, 10, 0.05);
  private static final Label FORWARD = new Label(Label.Kind.FORWARD_RETURN, 10, 0);

  @Test
  void theFirstBarrierThatIsTouchedDecides() {
    TradePath path = path(0, 100, 3, 104, 5, 105, 6, 80, 20, 100);
    assertThat(path.outcome(0, BARRIERS))
        .isEqualTo(new TradePath.Outcome(true, 105 / 100.0 - 1, 5));
    assertThat(path(0, 100, 3, 95, 5, 200, 20, 1).outcome(0, BARRIERS))
        .isEqualTo(new TradePath.Outcome(false, 95 / 100.0 - 1, 3));
  }

  @Test
  void whereNoneIsTouchedTheLastTradeUpToTheHorizonDecides() {
    assertThat(path(0, 100, 10, 101, 11, 50).outcome(0, BARRIERS))
        .isEqualTo(new TradePath.Outcome(true, 101 / 100.0 - 1, 10));
    assertThat(path(0, 100, 11, 200).outcome(0, BARRIERS))
        .isEqualTo(new TradePath.Outcome(false, 0, 10));
  }

  @Test
  void aForwardReturnLooksAtItsHorizonOnly() {
    assertThat(path(0, 100, 5, 300, 9, 99, 12, 400).outcome(0, FORWARD))
        .isEqualTo(new TradePath.Outcome(false, 99 / 100.0 - 1, 10));
  }

  @Test
  void aRowWhoseFutureIsNotKnownHasNoLabel() {
    assertThat(path(0, 100, 10, 101).outcome(0, FORWARD)).isNull();
    assertThat(path(0, 100).outcome(0, BARRIERS)).isNull();
    assertThat(path(0, 100, 1, 106).outcome(0, BARRIERS)).isNotNull();
  }

  @Test
  void nothingBehindTheEndOfALabelMattersToIt() {
    TradePath path = path(0, 100, 3, 104, 5, 105, 6, 80, 20, 100);
    TradePath other = path(0, 100, 3, 104, 5, 105, 6, 500, 20, 1);
    assertThat(path.outcome(0, BARRIERS)).isEqualTo(other.outcome(0, BARRIERS));
  }

  /** Rows ten apart, each with a label of twenty-five. */
  private static PurgedSplit split(int rows, long embargo) {
    long[] starts = LongStream.range(0, rows).map(i -> i * 10).toArray();
    return new PurgedSplit(starts, Arrays.stream(starts).map(at -> at + 25).toArray(), embargo);
  }

  @Test
  void noLabelOfATrainingRowReachesIntoTheTail() {
    Fold fold = split(10, 0).tail(0.4);
    assertThat(fold.test()).containsExactly(6, 7, 8, 9);
    assertThat(fold.train()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void foldsArePurgedOnBothSidesAndWaitAfter() {
    Fold fold = split(12, 0).folds(3).get(1);
    assertThat(fold.test()).containsExactly(4, 5, 6, 7);
    // Row 1 ends at 35, before row 4 begins; row 7 ends at 95, before row 10 begins.
    assertThat(fold.train()).containsExactly(0, 1, 10, 11);
    assertThat(split(12, 10).folds(3).get(1).train()).containsExactly(0, 1, 11);
  }

  @Test
  void everyRowIsJudgedByOnce() {
    int[] judged =
        split(11, 5).folds(4).stream().flatMapToInt(fold -> Arrays.stream(fold.test())).toArray();
    assertThat(judged).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  private static TradePath path(double... timesAndPrices) {
    int length = timesAndPrices.length / 2;
    long[] times = new long[length];
    double[] prices = new double[length];
    for (int i = 0; i < length; i++) {
      times[i] = (long) timesAndPrices[2 * i];
      prices[i] = timesAndPrices[2 * i + 1];
    }
    return new TradePath(times, prices);
  }
}
