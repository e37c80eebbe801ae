package io.sluice.domain.market.anomaly;

import io.sluice.domain.market.state.StateTape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for shapes in the closes of an instrument's bars that never came before (discords), and for
 * those that did (motifs). It says nothing until its history is full, and after either nothing more
 * of the kind for the length of a shape. After a break in the series it begins anew.
 */
public final class AnomalyWatch {
  private final AnomalyTerms terms;
  private final long barUs;
  private LeftMatrixProfile profile;

  /** Distances of the newest shapes, by count modulo their number; NaN where there was none. */
  private final double[] distances;

  private long shapes;
  private long newestUs = Long.MIN_VALUE;
  private long discordQuietUntilUs = Long.MIN_VALUE;
  private long motifQuietUntilUs = Long.MIN_VALUE;

  /**
   * @param barUs the length of the bars, microseconds
   */
  public AnomalyWatch(AnomalyTerms terms, long barUs) {
    this.terms = terms;
    this.barUs = barUs;
    this.distances = new double[terms.history() - terms.length()];
    begin();
  }

  private void begin() {
    profile = new LeftMatrixProfile(terms.length(), terms.history());
    Arrays.fill(distances, Double.NaN);
    shapes = 0;
  }

  /**
   * Takes in a bar that has closed, also one without trades. One that is not later than the newest,
   * and one whose close has no finite logarithm, change nothing.
   *
   * @param startUs its start, epoch microseconds
   * @return what is seen with it, mostly nothing
   */
  public List<Anomaly> onBar(long startUs, double close) {
    if (startUs <= newestUs || !(close > 0) || Double.isInfinite(close)) {
      return List.of();
    }
    if (startUs - newestUs != barUs) {
      begin();
    }
    newestUs = startUs;
    profile.add(StrictMath.log(close));
    int nearest = profile.nearestLag();
    if (nearest == 0) {
      return List.of();
    }
    List<Anomaly> found = new ArrayList<>(0);
    if (profile.isFull()) {
      discord(nearest, found);
      motif(nearest, found);
    }
    distances[(int) (shapes++ % distances.length)] = distance(nearest);
    return found;
  }

  private double distance(int lag) {
    return profile.distance(profile.correlation(lag));
  }

  private void discord(int nearest, List<Anomaly> found) {
    double distance = distance(nearest);
    double sum = 0;
    double farthest = 0;
    int held = 0;
    for (double other : distances) {
      if (!Double.isNaN(other)) {
        sum += other;
        farthest = Math.max(farthest, other);
        held++;
      }
    }
    double mean = sum / held;
    double squares = 0;
    for (double other : distances) {
      if (!Double.isNaN(other)) {
        squares += (other - mean) * (other - mean);
      }
    }
    double score = (distance - mean) / Math.sqrt(squares / (held - 1));
    long endUs = newestUs + barUs;
    if (distance > farthest
        && score >= terms.discordScore()
        && score < Double.POSITIVE_INFINITY
        && endUs > discordQuietUntilUs) {
      found.add(new Anomaly.Discord(endUs, distance, score, endUs - nearest * barUs));
      discordQuietUntilUs = endUs + terms.length() * barUs;
    }
  }

  private void motif(int nearest, List<Anomaly> found) {
    long endUs = newestUs + barUs;
    if (endUs <= motifQuietUntilUs || profile.correlation(nearest) < terms.motifCorrelation()) {
      return;
    }
    int matches = 0;
    int rose = 0;
    double sum = 0;
    int lag = Math.max(profile.leastLag(), terms.forwardBars());
    while (lag <= profile.lags()) {
      if (profile.correlation(lag) < terms.motifCorrelation()) {
        lag++;
        continue;
      }
      int best = bestFrom(lag);
      double forward = profile.back(best - terms.forwardBars()) - profile.back(best);
      sum += forward;
      rose += forward > 0 ? 1 : 0;
      matches++;
      lag = best + terms.length();
    }
    if (matches >= terms.motifMatches()) {
      found.add(
          new Anomaly.Motif(
              endUs,
              matches,
              profile.correlation(nearest),
              endUs - nearest * barUs,
              terms.forwardBars() * barUs,
              sum / matches,
              rose));
      motifQuietUntilUs = endUs + terms.length() * barUs;
    }
  }

  /** Shapes that overlap are one: the best of them counts. */
  private int bestFrom(int first) {
    int best = first;
    int last = Math.min(profile.lags(), first + terms.length() - 1);
    for (int lag = first + 1; lag <= last; lag++) {
      if (profile.correlation(lag) > profile.correlation(best)) {
        best = lag;
      }
    }
    return best;
  }

  /** Its state, led by what it looks for. */
  public byte[] toBytes() {
    StateTape tape = StateTape.recording();
    state(tape);
    return tape.toBytes();
  }

  /** What was written, if it looked for the same; otherwise a new one. */
  public static AnomalyWatch of(AnomalyTerms terms, long barUs, byte[] bytes) {
    AnomalyWatch watch = new AnomalyWatch(terms, barUs);
    watch.state(StateTape.of(bytes));
    return watch;
  }

  private void state(StateTape tape) {
    if (!tape.isOf(barUs + " " + terms)) {
      return;
    }
    shapes = tape.whole(shapes);
    newestUs = tape.whole(newestUs);
    discordQuietUntilUs = tape.whole(discordQuietUntilUs);
    motifQuietUntilUs = tape.whole(motifQuietUntilUs);
    tape.numbers(distances);
    profile.state(tape);
  }
}
