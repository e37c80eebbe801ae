package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** S03: the strategy is at least this confident. */
public final class Confidence extends Floor {
  private static final int SCALE = 12;

  public Confidence() {
    super("S03", "confidence", LimitKey.MIN_CONFIDENCE);
  }

  @Override
  BigDecimal observed(Proposal proposal) {
    Double confidence = proposal.intent().confidence();
    return confidence == null
        ? null
        : new BigDecimal(confidence).setScale(SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }

  @Override
  String wanted() {
    return "a confidence, and the intent has none; send confidence, from 0 to 1";
  }

  @Override
  String below() {
    return "the confidence is below";
  }
}
