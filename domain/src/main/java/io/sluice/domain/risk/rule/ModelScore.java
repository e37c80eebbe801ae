package io.sluice.domain.risk.rule;

import io.sluice.domain.config.ModelHealth;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Signal;
import java.math.BigDecimal;

/**
 * R39: an order that a model made comes with its score: a confidence, a stamp that is not older
 * than {@code max_score_age_ms} nor further ahead, and, where {@code model_health.max_drift} is
 * set, how far the model's inputs have drifted. Of an order whose score is unsure, old or drifted a
 * part passes, as {@code model_health} says, by default nothing; of one whose score is missing
 * nothing. It is asked of intents that name a model, and of accounts that require one.
 */
public final class ModelScore extends Rule {
  public ModelScore() {
    super("R39", "model health");
  }

  @Override
  public Outcome check(Proposal proposal) {
    Intent intent = proposal.intent();
    if (intent.model() == null) {
      return proposal.book().account().requiresModel()
          ? refused(proposal, null, null, "the account requires a model, and the intent names none")
          : notFed(proposal, null, "the intent names no model", NotFed.ALLOW);
    }
    if (intent.confidence() == null) {
      return refused(
          proposal,
          null,
          null,
          "the intent names the model " + intent.model() + " and no confidence");
    }
    return stricter(
        stricter(confident(proposal), fresh(proposal)), undrifted(proposal, intent.signal()));
  }

  /** The one that permits less; of equals the first, and null says nothing. */
  private static Outcome stricter(Outcome first, Outcome second) {
    return second == null || first.permitted().compareTo(second.permitted()) <= 0 ? first : second;
  }

  private Outcome confident(Proposal proposal) {
    ModelHealth health = proposal.group().terms().modelHealth();
    BigDecimal confidence = Decimals.onWire(proposal.intent().confidence());
    BigDecimal least = health.minConfidence();
    if (least == null || confidence.compareTo(least) >= 0) {
      return pass(proposal, confidence, null);
    }
    return part(
        proposal,
        confidence,
        null,
        health.below(),
        "the model's confidence is below model_health.min_confidence, " + Decimals.plain(least));
  }

  private Outcome fresh(Proposal proposal) {
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_SCORE_AGE_MS);
    Long scoredUs = proposal.intent().scoreTimeUs();
    if (bound == null) {
      return null;
    }
    if (scoredUs == null) {
      return refused(
          proposal, null, bound, "the score has no stamp; send score_time_us with the intent");
    }
    BigDecimal age =
        BigDecimal.valueOf(proposal.group().gateTimeUs()).subtract(BigDecimal.valueOf(scoredUs));
    age = age.movePointLeft(3);
    if (age.abs().compareTo(bound) <= 0) {
      return null;
    }
    // Of a stamp that lies ahead nobody knows how old the score is.
    String why =
        age.signum() < 0
            ? "score_time_us is ahead of the gate's time by more than max_score_age_ms at %s; send"
                + " microseconds, and set the model's clock right"
            : "the score is older than max_score_age_ms at %s";
    return part(
        proposal,
        age,
        bound,
        proposal.group().terms().modelHealth().stale(),
        why.formatted(proposal.limits().tightest(LimitKey.MAX_SCORE_AGE_MS).scope()));
  }

  private Outcome undrifted(Proposal proposal, Signal signal) {
    ModelHealth health = proposal.group().terms().modelHealth();
    BigDecimal most = health.maxDrift();
    if (most == null) {
      return null;
    }
    if (signal.drift() == null) {
      return notFed(
          proposal,
          most,
          "the score says no drift, and model_health.max_drift is set; send drift with the intent");
    }
    BigDecimal drift = Decimals.onWire(signal.drift());
    return drift.compareTo(most) <= 0
        ? null
        : part(
            proposal,
            drift,
            most,
            health.drifted(),
            "the model's inputs have drifted further than model_health.max_drift");
  }

  private Outcome part(
      Proposal proposal, BigDecimal observed, BigDecimal limit, BigDecimal part, String why) {
    return permitted(
        proposal,
        observed,
        limit,
        proposal.openQty().multiply(part),
        why + "; " + (part.signum() == 0 ? "nothing" : "a part") + " of the order passes");
  }
}
