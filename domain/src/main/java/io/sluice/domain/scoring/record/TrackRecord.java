package io.sluice.domain.scoring.record;

import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.training.Judgement;
import io.sluice.domain.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a version of a model said after its training, beside what happened.
 *
 * @param scores how often it was asked
 * @param told how often it could tell
 * @param unsettled what became of so many is not known yet
 * @param undecided of so many it cannot be told from bars
 * @param judged the rest, in order of time
 */
public record TrackRecord(int scores, int told, int unsettled, int undecided, List<Judged> judged) {
  /**
   * A score whose outcome is known.
   *
   * @param forwardReturn of the instrument
   * @param fromUs when the price could be had, and {@code endUs} when the label was settled
   */
  public record Judged(
      String instrument,
      long timeUs,
      Side side,
      double up,
      boolean isUp,
      double forwardReturn,
      long fromUs,
      long endUs) {
    private String key() {
      return timeUs + "\n" + instrument;
    }
  }

  /**
   * @param said in any order; of two for the same bar the last counts
   * @param paths by instrument
   * @param trainedUntilUs nothing at or before it counts, nor what the training has looked ahead to
   */
  public static TrackRecord of(
      List<ScoredBar> said, Map<String, BarPath> paths, Label label, long trainedUntilUs) {
    Map<String, ScoredBar> byBar = new HashMap<>();
    for (ScoredBar score : said) {
      if (score.timeUs() > trainedUntilUs + label.horizonUs()) {
        byBar.put(score.timeUs() + "\n" + score.instrument(), score);
      }
    }
    int told = 0;
    int unsettled = 0;
    int undecided = 0;
    List<Judged> judged = new ArrayList<>();
    for (ScoredBar score : byBar.values()) {
      if (Double.isNaN(score.up())) {
        continue;
      }
      told++;
      BarPath path = paths.get(score.instrument());
      BarPath.Outcome outcome = path == null ? null : path.outcome(score.timeUs(), label);
      if (outcome == null || outcome.fate() == BarPath.Fate.UNSETTLED) {
        unsettled++;
      } else if (outcome.fate() == BarPath.Fate.UNDECIDED) {
        undecided++;
      } else {
        judged.add(judged(score, outcome));
      }
    }
    judged.sort(Comparator.comparingLong(Judged::timeUs).thenComparing(Judged::instrument));
    return new TrackRecord(byBar.size(), told, unsettled, undecided, judged);
  }

  private static Judged judged(ScoredBar score, BarPath.Outcome outcome) {
    return new Judged(
        score.instrument(),
        score.timeUs(),
        score.side(),
        score.up(),
        outcome.fate() == BarPath.Fate.UP,
        outcome.forwardReturn(),
        outcome.fromUs(),
        outcome.endUs());
  }

  /** The same of those bars only that another one was judged by too. */
  public TrackRecord inCommonWith(TrackRecord other) {
    Set<String> theirs = new HashSet<>();
    other.judged.forEach(each -> theirs.add(each.key()));
    return new TrackRecord(
        scores,
        told,
        unsettled,
        undecided,
        judged.stream().filter(each -> theirs.contains(each.key())).toList());
  }

  public int rows() {
    return judged.size();
  }

  /** Whether some were up and others not: else there is nothing to tell apart. */
  public boolean hasBoth() {
    return judgement().ups() > 0 && judgement().ups() < rows();
  }

  public Judgement judgement() {
    boolean[] isUp = new boolean[rows()];
    for (int i = 0; i < isUp.length; i++) {
      isUp[i] = judged.get(i).isUp();
    }
    return new Judgement(judged.stream().mapToDouble(Judged::up).toArray(), isUp);
  }

  /** Rows whose labels do not overlap, over all instruments: those that tell something new. */
  public int independent() {
    long freeUs = Long.MIN_VALUE;
    int count = 0;
    for (Judged each : judged) {
      if (each.fromUs() >= freeUs) {
        count++;
        freeUs = each.endUs();
      }
    }
    return count;
  }

  /** Of the area under the curve, counting only rows whose labels do not overlap. */
  public double standardError() {
    Judgement all = judgement();
    double share = (double) all.ups() / rows();
    return Judgement.standardError(
        all.auc(), Math.max(1, independent() * share), Math.max(1, independent() * (1 - share)));
  }

  /** The part of the bars it was asked about of which it could tell. */
  public double coverage() {
    return (double) told / scores;
  }

  /** How often it would have bought or sold, of the judged. */
  public int signals() {
    return (int) judged.stream().filter(each -> each.side() != null).count();
  }

  /** Mean return of those in their direction, before any cost; NaN without any. */
  public double signalReturn() {
    return judged.stream()
        .filter(each -> each.side() != null)
        .mapToDouble(each -> each.side() == Side.BUY ? each.forwardReturn() : -each.forwardReturn())
        .average()
        .orElse(Double.NaN);
  }
}
