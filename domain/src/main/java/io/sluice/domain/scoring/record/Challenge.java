package io.sluice.domain.scoring.record;

import io.sluice.domain.scoring.training.Judgement;
import java.util.Locale;

/**
 * Whether a challenger may take the champion's place, by what both said of the same bars and what
 * happened.
 *
 * @param champion null where there is none
 * @param leastRows judged rows, below which nothing is said
 */
public record Challenge(TrackRecord challenger, TrackRecord champion, int leastRows) {
  /** One-sided, 95 %. */
  private static final double DEVIATIONS = 1.645;

  /** The challenger's rows by which it is judged: those that the champion has too. */
  public TrackRecord challengers() {
    return champion == null ? challenger : challenger.inCommonWith(champion);
  }

  public TrackRecord champions() {
    return champion == null ? null : champion.inCommonWith(challenger);
  }

  /** Why it may not, said to a person; null where it may. */
  public String refusal() {
    TrackRecord its = challengers();
    if (its.rows() < leastRows) {
      return String.format(
          Locale.ROOT,
          "its own record has %d rows%s of which it is known what happened, expected at least %d"
              + " (%d scores after its training, %d not settled yet, %d not to be told from bars):"
              + " let it score in shadow for longer",
          its.rows(),
          champion == null ? "" : " in common with the version in production",
          leastRows,
          challenger.scores(),
          challenger.unsettled(),
          challenger.undecided());
    }
    if (!its.hasBoth()) {
      return "all of its rows came to the same, so that nothing can be told apart: wait for others";
    }
    Judgement said = its.judgement();
    double sure = said.auc() - DEVIATIONS * its.standardError();
    if (!(sure > 0.5)) {
      return String.format(
          Locale.ROOT,
          "its AUC is %.4f with a standard error of %.4f on %d rows that do not overlap, expected"
              + " above a half by 1.645 errors: it does not tell more than chance",
          said.auc(),
          its.standardError(),
          its.independent());
    }
    return champion == null ? null : worse(said, champions().judgement());
  }

  private static String worse(Judgement its, Judgement champions) {
    if (!(its.auc() > champions.auc())) {
      return String.format(
          Locale.ROOT,
          "its AUC is %.4f, that of the version in production %.4f on the same rows, expected above"
              + " it",
          its.auc(),
          champions.auc());
    }
    if (!(its.logLoss() < champions.logLoss())) {
      return String.format(
          Locale.ROOT,
          "its log loss is %.4f, that of the version in production %.4f on the same rows, expected"
              + " below it",
          its.logLoss(),
          champions.logLoss());
    }
    return null;
  }
}
