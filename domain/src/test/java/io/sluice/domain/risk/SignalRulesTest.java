package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S01 to S04: what is known of the signal behind an order. */
class SignalRulesTest {
  private static final String TWO_ACCOUNTS =
      """
      [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage: '10'},
       {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
        leverage: '10'}]
      """;

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.with("accounts", TWO_ACCOUNTS).start();
    group.trade(BTC, "100");
    group.trade(ETH, "10");
    return group;
  }

  @Test
  void unset_they_are_no_controls() {
    Decision decision = priced(setup()).buy("1").send();

    for (String code : new String[] {"S01", "S02", "S03", "S04"}) {
      rule(code, decision).is(Result.NOT_FED).because("is not set");
    }
    answer(decision, Verdict.ALLOW, "1");
  }

  @Test
  void s01_lets_the_first_of_two_strategies_that_disagree_go_on() {
    GroupUnderTest group = priced(setup().limit("firm", "min_opposite_gap_ms", "5000"));
    answer(group.buy("1").strategy("a").limit("100").send(), Verdict.ALLOW, "1");
    group.advance(2 * SECOND);

    Decision other = group.sell("1").strategy("b").limit("100").send();
    rule("S01", other)
        .is(Result.REFUSED)
        .because("another strategy", "min_opposite_gap_ms at firm");
    assertThat(GroupUnderTest.outcome(other, "S01").observed()).isEqualByComparingTo("2000");
    assertThat(GroupUnderTest.outcome(other, "S01").headroom()).isEqualByComparingTo("-3000");
    rule("S01", group.sell("1").account("other").strategy("a").limit("100").send())
        .is(Result.REFUSED);
    answer(group.buy("1").strategy("b").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.sell("1").strategy("b").limit("10").in(ETH).send(), Verdict.ALLOW, "1");
    // It was refused, so the first may go on; and it may change its mind.
    answer(group.buy("1").strategy("a").limit("100").send(), Verdict.ALLOW, "1");
    group.advance(5 * SECOND);
    answer(group.sell("1").strategy("b").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void s01_knows_who_else_it_was_even_after_the_strategy_s_own_orders() {
    GroupUnderTest group = priced(setup().limit("account:demo", "min_opposite_gap_ms", "5000"));
    answer(group.buy("1").strategy("b").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").strategy("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").strategy("a").limit("100").send(), Verdict.ALLOW, "1");

    rule("S01", group.sell("1").strategy("a").limit("100").send()).is(Result.REFUSED);
    answer(group.sell("1").account("other").strategy("c").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void s01_lets_a_position_come_closer_to_flat_and_minds_no_exit() {
    GroupUnderTest group = priced(setup().limit("firm", "min_opposite_gap_ms", "5000").storing());
    group.fill(null, Side.BUY, "2", "100");
    answer(group.sell("1").strategy("b").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").strategy("a").limit("100").send(), Verdict.ALLOW, "1");

    answer(group.sell("3").strategy("b").limit("100").send(), Verdict.SHRINK, "1", "S01");
  }

  @ParameterizedTest
  @CsvSource({
    // From 100: 4 down, 10 up is 2.5; the other way round for a sell.
    "BUY,  96, 110, 2.5, 2.5, true",
    "BUY,  96, 110, 2.6, 2.5, false",
    "SELL, 104, 90, 2.5, 2.5, true",
    "SELL, 104, 95, 1.5, 1.25, false",
    "BUY,  101, 110, 1, 0, false",
    "BUY,  96, 99, 1, 0, false",
    "SELL, 96, 110, 1, 0, false",
  })
  void s02_holds_the_reward_against_the_risk(
      Side side, String stop, String target, String bound, String ratio, boolean passes) {
    GroupUnderTest group = priced(setup().limit("firm", "min_risk_reward", bound));

    Decision decision =
        (side == Side.BUY ? group.buy("1") : group.sell("1"))
            .limit("100")
            .stop(stop, target)
            .send();

    rule("S02", decision).is(passes ? Result.PASS : Result.REFUSED);
    Outcome outcome = GroupUnderTest.outcome(decision, "S02");
    assertThat(outcome.observed()).isEqualByComparingTo(ratio);
    assertThat(outcome.limit()).isEqualByComparingTo(bound);
    assertThat(outcome.headroom().signum() >= 0).isEqualTo(passes);
  }

  @Test
  void s02_without_stop_or_target_only_lets_a_position_come_closer_to_flat() {
    GroupUnderTest group = priced(setup().limit("firm", "min_risk_reward", "2"));
    group.fill(null, Side.BUY, "3", "100");

    rule("S02", group.buy("1").limit("100").stop("90", null).send())
        .is(Result.NOT_FED)
        .permits("0")
        .because("min_risk_reward at firm", "send both", "not_fed is deny");
    answer(group.sell("5").limit("100").send(), Verdict.SHRINK, "3", "S02");
  }

  @ParameterizedTest
  @CsvSource({"0.7, true", "0.6999, false", "0.70000000000001, true"})
  void s03_asks_for_confidence(double confidence, boolean passes) {
    GroupUnderTest group = priced(setup().profile("min_confidence", "0.7"));

    Decision decision = group.buy("1").confident(confidence).send();

    rule("S03", decision).is(passes ? Result.PASS : Result.REFUSED);
    answer(decision, passes ? Verdict.ALLOW : Verdict.DENY, passes ? "1" : "0", reason(passes));
  }

  private static String[] reason(boolean passes) {
    return passes ? new String[0] : new String[] {"S03"};
  }

  @Test
  void s03_without_a_confidence_refuses_unless_configuration_lets_it() {
    answer(
        priced(setup().limit("firm", "min_confidence", "0.1")).buy("1").send(),
        Verdict.DENY,
        "0",
        "S03");
    answer(
        priced(setup().limit("firm", "min_confidence", "0.1").with("not_fed", "{S03: 'allow'}"))
            .buy("1")
            .send(),
        Verdict.ALLOW,
        "1");
  }

  @Test
  void of_two_floors_the_larger_binds_and_a_command_cannot_lower_it() {
    GroupUnderTest group =
        priced(
            setup()
                .limit("firm", "min_confidence", "0.5")
                .limit("account:demo", "min_confidence", "0.8")
                .with("control", "{authority: 'tighten'}")
                .storing());
    rule("S03", group.buy("1").confident(0.7).send())
        .is(Result.REFUSED)
        .because("min_confidence at account:demo");
    answer(group.buy("1").account("other").confident(0.7).send(), Verdict.ALLOW, "1");

    group.command("SET_LIMITS", "firm", "{min_confidence: '0.4'}");
    answer(group.buy("1").account("other").confident(0.45).send(), Verdict.DENY, "0", "S03");
    group.command("SET_LIMITS", "firm", "{min_confidence: '0.75'}");
    answer(group.buy("1").account("other").confident(0.7).send(), Verdict.DENY, "0", "S03");
    answer(group.buy("1").account("other").confident(0.76).send(), Verdict.ALLOW, "1");
  }

  @Test
  void s04_counts_the_time_frames_that_point_the_order_s_way() {
    GroupUnderTest group = priced(setup().limit("strategy:demo/s", "min_confirmations", "2"));
    Map<String, Side> frames = Map.of("1m", Side.BUY, "5m", Side.BUY, "1h", Side.SELL);

    answer(group.buy("1").confirmed(frames).send(), Verdict.ALLOW, "1");
    Decision sell = group.sell("1").confirmed(frames).send();
    rule("S04", sell).is(Result.REFUSED).because("min_confirmations at strategy:demo/s");
    assertThat(GroupUnderTest.outcome(sell, "S04").observed()).isEqualByComparingTo("1");
    rule("S04", group.buy("1").send()).is(Result.NOT_FED).permits("0");
    answer(group.buy("1").strategy("another").send(), Verdict.ALLOW, "1");
  }
}
