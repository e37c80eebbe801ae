package io.sluice.domain.account;

import java.math.BigDecimal;

/** A sum that its parts keep up to date; exact, so it never drifts from them. */
public final class Total {
  private BigDecimal value = BigDecimal.ZERO;

  public BigDecimal value() {
    return value;
  }

  void add(BigDecimal change) {
    value = value.add(change);
  }
}
