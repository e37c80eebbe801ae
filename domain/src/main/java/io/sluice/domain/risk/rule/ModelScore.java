package io.sluice.domain.risk.rule;

import io.sluice.domain.config.ModelHealth;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Intent;
import java.math.BigDecimal;

/**
 * R39: an order that a model made comes with its score: a confidence, and a stamp that is not older
 * than {@code max_score_age_ms}. Below {@code model_health.min_confidence} a part passes. It is
 * asked of intents that name a model, and of accounts that require one.
 */
public final class ModelScore implements Rule {
  @Override
  public String code() {
    return "R39";
  }

  @Override
  public String title() {
    return "model health";
  }

  @Override
  public Outcome check(Proposal proposal) {
    Intent intent = proposal.intent();
    if (intent.model() == null) {
      return proposal.book().account().requiresModel()
          ? proposal.refused(
              this, null, null, "the account requires a model, and the intent names none")
          : proposal.notFed(this, null, "the intent names no model", NotFed.ALLOW);
    }
    if (intent.confidence() == null) {
      return proposal.refused(
          this, null, null, "the intent names the model " + intent.model() + " and no confidence");
    }
    BigDecimal bound = proposal.limits().bound(LimitKey.MAX_SCORE_AGE_MS);
    if (bound != null && intent.scoreTimeUs() == null) {
      return proposal.refused(
          this, null, bound, "the score has no stamp; send score_time_us with the intent");
    }
    if (bound != null) {
      BigDecimal age =
          BigDecimal.valueOf(Math.max(0, proposal.group().gateTimeUs() - intent.scoreTimeUs()), 3);
      if (age.compareTo(bound) > 0) {
        return proposal.refused(
            this,
            age,
            bound,
            "the score is older than max_score_age_ms at "
                + proposal.limits().tightest(LimitKey.MAX_SCORE_AGE_MS).scope());
      }
    }
    return confident(proposal);
  }

  private Outcome confident(Proposal proposal) {
    ModelHealth health = proposal.group().terms().modelHealth();
    BigDecimal confidence = Decimals.onWire(proposal.intent().confidence());
    BigDecimal least = health.minConfidence();
    if (least == null || confidence.compareTo(least) >= 0) {
      return proposal.pass(this, confidence, null);
    }
    return proposal.permitted(
        this,
        confidence,
        null,
        proposal.openQty().multiply(health.below()),
        "the model's confidence is below model_health.min_confidence, "
            + Decimals.plain(least)
            + "; "
            + (health.below().signum() == 0 ? "nothing" : "a part")
            + " of the order passes");
  }
}
