package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.group.Play;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The join of all rules does not depend on their order, and a rule that fails refuses. */
class RuleOrderPropertiesTest {
  private static GroupUnderTest group() {
    GroupUnderTest group =
        setup()
            .limit("firm", "max_qty", "12")
            .limit("firm", "max_notional", "1500")
            .limit("firm", "max_gross", "2000")
            .limit("firm", "collar", "0.3")
            .start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "8", "100");
    return group;
  }

  private static GroupUnderTest limited() {
    GroupUnderTest group = Play.limited().start();
    group.trade(BTC, "100");
    group.trade(GroupUnderTest.ETH, "50");
    group.heartbeat("strategy:demo/s");
    group.fill(null, Side.BUY, "8", "100");
    return group;
  }

  @Property(tries = 200)
  void the_order_of_rules_changes_neither_verdict_nor_quantity_nor_reasons(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 30) int qty,
      @ForAll @IntRange(min = 60, max = 140) int limit,
      @ForAll boolean buys,
      @ForAll boolean crashed,
      @ForAll boolean everyLimit,
      @ForAll @IntRange(max = 6) int ordersBefore) {
    GroupUnderTest group = everyLimit ? limited() : group();
    for (int i = 0; i < ordersBefore; i++) {
      (i % 2 == 0 ? group.buy("3") : group.sell("2")).limit(String.valueOf(95 + i)).send();
    }
    group.crashed(BTC, crashed);
    GroupUnderTest.Wish wish =
        (buys ? group.buy("" + qty) : group.sell("" + qty)).limit(String.valueOf(limit));
    Proposal proposal = new Proposal(wish.intent(), wish.snapshot(), group.state().view());
    List<Rule> shuffled = new ArrayList<>(RuleSet.rules());
    Collections.shuffle(shuffled, random);

    Ruling ruling = new RiskPolicy(RuleSet.rules()).decide(proposal);
    Ruling other = new RiskPolicy(shuffled).decide(proposal);

    assertThat(other.verdict()).isEqualTo(ruling.verdict());
    assertThat(other.approvedQty()).isEqualByComparingTo(ruling.approvedQty());
    assertThat(other.reasons()).isEqualTo(ruling.reasons());
    assertThat(other.riskScore()).isEqualTo(ruling.riskScore());
    assertThat(other.outcomes()).containsExactlyInAnyOrderElementsOf(ruling.outcomes());
  }

  @Test
  void a_rule_that_fails_refuses_the_order_and_says_so() {
    GroupUnderTest group = group();
    GroupUnderTest.Wish wish = group.buy("1");
    List<Rule> rules = new ArrayList<>(RuleSet.rules());
    rules.add(
        new Rule("R99", "broken") {
          @Override
          public Outcome check(Proposal proposal) {
            throw new ArithmeticException("broken");
          }
        });

    Ruling ruling =
        new RiskPolicy(rules)
            .decide(new Proposal(wish.intent(), wish.snapshot(), group.state().view()));

    assertThat(ruling.verdict()).isEqualTo(Verdict.DENY);
    assertThat(ruling.approvedQty()).isZero();
    assertThat(ruling.reasons()).containsExactly("R99");
    Outcome outcome = ruling.outcomes().get(ruling.outcomes().size() - 1);
    assertThat(outcome.result()).isEqualTo(Result.ERROR);
    assertThat(outcome.why()).contains("ArithmeticException");
  }
}
