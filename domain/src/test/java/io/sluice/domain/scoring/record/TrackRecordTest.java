package io.sluice.domain.scoring.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.Thresholds;
import io.sluice.domain.scoring.record.BarPath.Bar;
import io.sluice.domain.scoring.record.BarPath.Fate;
import io.sluice.domain.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a model said beside what happened, and whether that is enough to promote it. */
class TrackRecordTest {
  private static final long MINUTE = 60_000_000L;
  private static final Label FORWARD = new Label(Label.Kind.FORWARD_RETURN, 2 * MINUTE, 0);
  private static final Label BARRIERS = new Label(Label.Kind.TRIPLE_BARRIER, 3 * MINUTE, 0.01);

  private static Bar bar(int minute, double open, double high, double low, double close) {
    return new Bar(minute * MINUTE, MINUTE, open, high, low, close);
  }

  private static Bar flat(int minute, double price) {
    return bar(minute, price, price, price, price);
  }

  @Test
  void aPriceIsThatOfTheNextBarsOpeningAndLaterBarsSayWhatBecameOfIt() {
    BarPath path =
        new BarPath(
            List.of(
                flat(3, 102), flat(0, 90), bar(1, 100, 101, 99, 101), flat(2, 101), flat(4, 1)));
    BarPath.Outcome outcome = path.outcome(MINUTE, FORWARD);
    assertThat(outcome.fate()).isEqualTo(Fate.UP);
    assertThat(outcome.forwardReturn()).isCloseTo(0.01, within(1e-12));
    assertThat(outcome.endUs()).isEqualTo(3 * MINUTE);
    // The score's bar ended, and the next trade came a minute later.
    assertThat(path.outcome(MINUTE / 2, FORWARD)).isEqualTo(outcome);
    // 102 at minute 3, 1 at minute 4; the last bar ends at the horizon and none after it.
    assertThat(path.outcome(3 * MINUTE, FORWARD).fate()).isEqualTo(Fate.UNSETTLED);
    assertThat(path.outcome(5 * MINUTE, FORWARD).fate()).isEqualTo(Fate.UNSETTLED);
    assertThat(new BarPath(List.of()).outcome(0, FORWARD).fate()).isEqualTo(Fate.UNSETTLED);
  }

  @Test
  void thePriceItselfIsNotUp() {
    BarPath path = new BarPath(List.of(flat(0, 5), flat(1, 5), flat(2, 5)));
    assertThat(path.outcome(0, FORWARD).fate()).isEqualTo(Fate.NOT_UP);
  }

  @Test
  void theBarrierThatIsTouchedFirstCounts() {
    BarPath up = new BarPath(List.of(flat(0, 100), bar(1, 100, 101, 99.5, 100), flat(2, 50)));
    assertThat(up.outcome(0, BARRIERS).fate()).isEqualTo(Fate.UP);
    assertThat(up.outcome(0, BARRIERS).endUs()).isEqualTo(2 * MINUTE);
    BarPath down = new BarPath(List.of(flat(0, 100), bar(1, 100, 100.9, 99, 100), flat(2, 200)));
    assertThat(down.outcome(0, BARRIERS).fate()).isEqualTo(Fate.NOT_UP);
    assertThat(down.outcome(0, BARRIERS).forwardReturn()).isEqualTo(-0.01);
    BarPath both = new BarPath(List.of(flat(0, 100), bar(1, 100, 102, 98, 100), flat(2, 100)));
    assertThat(both.outcome(0, BARRIERS).fate()).isEqualTo(Fate.UNDECIDED);
    BarPath none = new BarPath(List.of(flat(0, 100), flat(1, 100.5), flat(2, 100.2), flat(3, 9)));
    assertThat(none.outcome(0, BARRIERS).fate()).isEqualTo(Fate.UP);
  }

  @Test
  void barsOfOtherLengthsAndAHorizonWithinABarSayNothing() {
    Bar long15 = new Bar(0, 15 * MINUTE, 7, 8, 6, 7);
    BarPath mixed = new BarPath(List.of(long15, flat(0, 100), flat(1, 101), flat(2, 102)));
    assertThat(mixed.outcome(0, FORWARD).fate()).isEqualTo(Fate.UP);
    BarPath coarse = new BarPath(List.of(long15, new Bar(15 * MINUTE, 15 * MINUTE, 7, 8, 6, 7)));
    assertThat(coarse.outcome(0, FORWARD).fate()).isEqualTo(Fate.UNDECIDED);
  }

  @Test
  void theProbabilityIsToldByConfidenceAndExpectedReturn() {
    Thresholds thresholds = new Thresholds(0.6, 0.003, -0.002);
    for (double up : new double[] {0.05, 0.41, 0.5, 0.59, 0.6, 0.93}) {
      ScoredBar score =
          ScoredBar.of(
              "A",
              1,
              thresholds.side(up),
              Thresholds.confidence(up),
              thresholds.expectedReturn(up),
              thresholds);
      assertThat(score.up()).isCloseTo(up, within(1e-12));
    }
    assertThat(ScoredBar.of("A", 1, null, null, null, thresholds).up()).isNaN();
    Thresholds same = new Thresholds(0.6, 0, 0);
    assertThat(ScoredBar.of("A", 1, null, 0.55, 0.0, same).up()).isNaN();
    assertThat(ScoredBar.of("A", 1, Side.SELL, 0.7, 0.0, same).up()).isCloseTo(0.3, within(1e-12));
  }

  private static ScoredBar said(int minute, double up) {
    return new ScoredBar(
        "A", minute * MINUTE, up >= 0.6 ? Side.BUY : up <= 0.4 ? Side.SELL : null, up);
  }

  @Test
  void itCountsWhatWasSaidAfterTheTrainingOnceABar() {
    BarPath path =
        new BarPath(
            List.of(flat(0, 1), flat(1, 1), flat(2, 2), flat(3, 3), flat(4, 2), flat(5, 1)));
    List<ScoredBar> said =
        List.of(
            said(0, 0.9),
            said(1, 0.9),
            said(2, Double.NaN),
            said(3, 0.1),
            said(3, 0.3),
            said(5, 0.5));
    // The training has looked ahead to minute 1 - 1 + 2.
    TrackRecord record = TrackRecord.of(said, Map.of("A", path), FORWARD, -2 * MINUTE);
    assertThat(record.scores()).isEqualTo(4);
    assertThat(record.told()).isEqualTo(3);
    assertThat(record.coverage()).isEqualTo(0.75);
    assertThat(record.unsettled()).isEqualTo(1);
    assertThat(record.judged()).extracting(TrackRecord.Judged::up).containsExactly(0.9, 0.3);
    assertThat(record.judged()).extracting(TrackRecord.Judged::isUp).containsExactly(true, false);
    assertThat(record.hasBoth()).isTrue();
    assertThat(record.judgement().auc()).isEqualTo(1);
    assertThat(record.judgement().brier()).isCloseTo(0.05, within(1e-12));
    assertThat(record.signals()).isEqualTo(2);
    assertThat(record.signalReturn()).isCloseTo((1 + 1 / 3.0) / 2, within(1e-12));
    assertThat(record.independent()).isEqualTo(2);
    assertThat(TrackRecord.of(said, Map.of(), FORWARD, -2 * MINUTE).unsettled()).isEqualTo(3);
  }

  /** A walk whose next steps a model knows as often as it is good. */
  private static TrackRecord record(int rows, double skill, long seed) {
    Random walk = new Random(1);
    List<Bar> bars = new ArrayList<>();
    double[] step = new double[rows + 10];
    double price = 1_000;
    for (int i = 0; i < step.length; i++) {
      step[i] = walk.nextGaussian();
      bars.add(bar(i, price, price + 3, price - 3, price + step[i]));
      price += step[i];
    }
    Random noise = new Random(seed);
    List<ScoredBar> said = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double known = skill * (step[i] + step[i + 1]) + noise.nextGaussian();
      said.add(said(i, 1 / (1 + Math.exp(-known * skill))));
    }
    return TrackRecord.of(said, Map.of("A", new BarPath(bars)), FORWARD, -10 * MINUTE);
  }

  @Test
  void aBetterChallengerMayOneThatIsNoBetterOrHasTooLittleToShowMayNot() {
    TrackRecord good = record(3_000, 0.6, 2);
    TrackRecord better = record(3_000, 0.9, 3);
    TrackRecord chance = record(3_000, 0.0, 4);
    assertThat(new Challenge(better, good, 1_000).refusal()).isNull();
    assertThat(new Challenge(good, null, 1_000).refusal()).isNull();
    assertThat(new Challenge(good, better, 1_000).refusal())
        .startsWith("its AUC is ")
        .contains("in production");
    assertThat(new Challenge(chance, null, 1_000).refusal())
        .contains("does not tell more than chance");
    assertThat(new Challenge(record(900, 0.9, 3), good, 1_000).refusal())
        .startsWith("its own record has 900 rows in common with the version in production")
        .contains("expected at least 1000");
    assertThat(new Challenge(TrackRecord.of(List.of(), Map.of(), FORWARD, 0), null, 1).refusal())
        .contains("has 0 rows");
  }

  @Test
  void onlyBarsOfWhichBothSpokeAreCompared() {
    TrackRecord champion = record(2_000, 0.5, 2);
    TrackRecord challenger = record(1_500, 0.9, 3);
    Challenge challenge = new Challenge(challenger, champion, 1_000);
    assertThat(challenge.champions().rows()).isEqualTo(1_500);
    assertThat(challenge.challengers().rows()).isEqualTo(1_500);
  }
}
