package io.sluice.scoring.training;

import io.sluice.domain.market.Regime;
import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.training.Judgement;
import io.sluice.domain.scoring.training.PurgedSplit;
import io.sluice.domain.scoring.training.TradePath.Outcome;
import io.sluice.scoring.LightGbmTrainer.Rows;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Rows of a dataset whose future is known, in order of time. */
final class LabelledRows {
  private final Dataset data;
  private final int[] rows;
  private final Outcome[] outcomes;

  private LabelledRows(Dataset data, int[] rows, Outcome[] outcomes) {
    this.data = data;
    this.rows = rows;
    this.outcomes = outcomes;
  }

  static LabelledRows of(Dataset data, Label label) {
    Outcome[] all = new Outcome[data.count()];
    Arrays.setAll(all, row -> data.path().outcome(data.at()[row], label));
    int[] known = IntStream.range(0, all.length).filter(row -> all[row] != null).toArray();
    Outcome[] outcomes = Arrays.stream(known).mapToObj(row -> all[row]).toArray(Outcome[]::new);
    return new LabelledRows(data, known, outcomes);
  }

  /** Those at these places. */
  LabelledRows at(int[] places) {
    return new LabelledRows(
        data,
        Arrays.stream(places).map(place -> rows[place]).toArray(),
        Arrays.stream(places).mapToObj(place -> outcomes[place]).toArray(Outcome[]::new));
  }

  LabelledRows where(IntPredicate place) {
    return at(IntStream.range(0, count()).filter(place).toArray());
  }

  LabelledRows in(Regime regime) {
    return where(place -> regime(place) == regime);
  }

  PurgedSplit split(long embargoUs) {
    long[] starts = IntStream.range(0, count()).mapToLong(this::timeUs).toArray();
    long[] ends = Arrays.stream(outcomes).mapToLong(Outcome::endUs).toArray();
    return new PurgedSplit(starts, ends, embargoUs);
  }

  int count() {
    return rows.length;
  }

  long timeUs(int place) {
    return data.timeUs(rows[place]);
  }

  Regime regime(int place) {
    return data.regimes()[rows[place]];
  }

  double forwardReturn(int place) {
    return outcomes[place].forwardReturn();
  }

  boolean isUp(int place) {
    return outcomes[place].isUp();
  }

  boolean hasBoth() {
    int ups = ups();
    return ups > 0 && ups < count();
  }

  int ups() {
    return (int) Arrays.stream(outcomes).filter(Outcome::isUp).count();
  }

  double meanReturn(boolean up) {
    return Arrays.stream(outcomes)
        .filter(outcome -> outcome.isUp() == up)
        .mapToDouble(Outcome::forwardReturn)
        .average()
        .orElse(0);
  }

  /** Rows whose labels do not overlap: those that tell something of their own. */
  int independent() {
    long freeUs = Long.MIN_VALUE;
    int count = 0;
    for (int place = 0; place < count(); place++) {
      if (timeUs(place) >= freeUs) {
        count++;
        freeUs = outcomes[place].endUs();
      }
    }
    return count;
  }

  /** The return over a label's horizon before the row; 0 where nothing was traded before. */
  double pastReturn(int place, long horizonUs) {
    int at = data.at()[rows[place]];
    long[] times = data.path().timesUs();
    int found = Arrays.binarySearch(times, 0, at + 1, times[at] - horizonUs);
    int before = Math.max(0, found >= 0 ? found : -found - 2);
    return data.path().prices()[at] / data.path().prices()[before] - 1;
  }

  /** A feature of every row. */
  double[] column(int feature) {
    return Arrays.stream(rows).mapToDouble(row -> data.rows()[row][feature]).toArray();
  }

  double[] row(int place, int[] features) {
    double[] all = data.rows()[rows[place]];
    return Arrays.stream(features).mapToDouble(feature -> all[feature]).toArray();
  }

  Rows of(int[] features) {
    double[] values = new double[count() * features.length];
    for (int place = 0; place < count(); place++) {
      System.arraycopy(row(place, features), 0, values, place * features.length, features.length);
    }
    return new Rows(values, labels());
  }

  Judgement judged(double[] probabilities) {
    return new Judgement(probabilities, labels());
  }

  private boolean[] labels() {
    boolean[] up = new boolean[count()];
    for (int place = 0; place < up.length; place++) {
      up[place] = isUp(place);
    }
    return up;
  }
}
