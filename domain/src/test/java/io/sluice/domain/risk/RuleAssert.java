package io.sluice.domain.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Outcome.Result;
import java.math.BigDecimal;

/** Looks at one rule's outcome in a decision. */
public final class RuleAssert {
  private final Decision decision;
  private final Outcome outcome;

  private RuleAssert(Decision decision, String rule) {
    this.decision = decision;
    this.outcome = GroupUnderTest.outcome(decision, rule);
  }

  public static RuleAssert rule(String rule, Decision decision) {
    return new RuleAssert(decision, rule);
  }

  public RuleAssert is(Result result) {
    assertThat(outcome.result()).as("%s: %s", outcome.rule(), outcome.why()).isEqualTo(result);
    assertThat(outcome.why() == null).isEqualTo(result == Result.PASS);
    return this;
  }

  /** Observed, limit and the headroom between them. */
  public RuleAssert saw(String observed, String limit) {
    assertThat(outcome.observed()).isEqualByComparingTo(observed);
    assertThat(outcome.limit()).isEqualByComparingTo(limit);
    assertThat(outcome.headroom())
        .isEqualByComparingTo(new BigDecimal(limit).subtract(new BigDecimal(observed)));
    return this;
  }

  public RuleAssert permits(String qty) {
    assertThat(outcome.permitted()).isEqualByComparingTo(qty);
    return this;
  }

  public RuleAssert because(String... words) {
    assertThat(outcome.why()).contains(words);
    return this;
  }

  public static void answer(
      Decision decision, Verdict verdict, String approved, String... reasons) {
    assertThat(decision.ruling().verdict())
        .as("outcomes %s", decision.ruling().outcomes())
        .isEqualTo(verdict);
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(approved);
    assertThat(decision.ruling().reasons()).containsExactly(reasons);
  }
}
