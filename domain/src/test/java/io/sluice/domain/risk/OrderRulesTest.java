package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.Side;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that look at one order by itself: R01 to R05 and R07. */
class OrderRulesTest {
  /** Rules that the plain configuration feeds. */
  private static final Set<String> ALWAYS =
      Set.of(
          "R01", "R02", "R03", "R04", "R05", "R07", "R08", "R09", "R20", "R21", "R22", "R23", "R25",
          "R30", "K01");

  private static final Set<Result> PASS = Set.of(Result.PASS);
  private static final Set<Result> PASS_OR_NOT_FED = Set.of(Result.PASS, Result.NOT_FED);

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    return group;
  }

  @Test
  void a_legal_small_buy_is_allowed_and_every_rule_says_pass() {
    Decision decision = priced(setup()).buy("1").send();

    answer(decision, Verdict.ALLOW, "1");
    assertThat(decision.ruling().outcomes())
        .extracting(Outcome::rule)
        .containsExactlyElementsOf(RuleSet.rules().stream().map(Rule::code).toList());
    assertThat(decision.ruling().outcomes())
        .as("what a desk may add is not fed, and everything else passes")
        .allSatisfy(
            outcome ->
                assertThat(outcome.result())
                    .as(outcome.rule())
                    .isIn(ALWAYS.contains(outcome.rule()) ? PASS : PASS_OR_NOT_FED));
    assertThat(decision.referencePrice()).isEqualByComparingTo("100");
    assertThat(decision.ruling().riskScore()).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0005, , qty is 1.0005",
    "0.0005, , qty is 0.0005",
    "1000000.001, , at most the instrument's maximum 1000000",
    "0.009, , a value of at least 1",
    "1, 100.005, limit_price is 100.005",
  })
  void r01_names_what_the_venue_would_not_take(String qty, String limit, String why) {
    GroupUnderTest.Wish wish = priced(setup()).buy(qty);
    Decision decision = (limit == null ? wish : wish.limit(limit)).send();

    assertThat(decision.ruling().verdict()).isEqualTo(Verdict.DENY);
    rule("R01", decision).is(Result.REFUSED).permits("0").because(why);
  }

  @ParameterizedTest
  @CsvSource({"0.001, 1000", "1000000, 1", "1, 1", "1, 100.01"})
  void r01_passes_at_the_edges(String qty, String limit) {
    rule("R01", priced(setup()).buy(qty).limit(limit).send()).is(Result.PASS);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\0', '\n', '\t', '\u007f', '\u0085'})
  void r01_names_an_id_with_a_control_character(char control) {
    GroupUnderTest group = priced(setup());

    Decision id = group.buy("1").id("i" + control).send();
    Decision account = group.buy("1").account("demo" + control).send();
    Decision strategy = group.buy("1").strategy("s" + control).send();
    Decision cancel = group.cancel("i-1").id("c" + control).send();

    rule("R01", id).is(Result.REFUSED).because("intent_id has a control character");
    rule("R01", account).is(Result.REFUSED).because("account has a control character");
    answer(id, Verdict.DENY, "0", "R01");
    rule("R01", strategy).is(Result.REFUSED).because("strategy has a control character");
    answer(strategy, Verdict.DENY, "0", "R01");
    rule("R01", cancel).because("intent_id has a control character");
    assertThat(cancel.ruling().verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void r01_says_of_a_cancel_what_keeps_it_from_finding_its_order() {
    GroupUnderTest group = priced(setup());
    group.buy("1").limit("100").id("a").send();
    Decision elsewhere = group.cancel("a").in(ETH).send();

    rule("R01", elsewhere).because("instrument is not the one of the order cancelled");
    answer(elsewhere, Verdict.ALLOW, "0", "R01");
    rule("R01", group.cancel("b").send()).because("is no order of this account");
    rule("R01", group.cancel("a").send()).is(Result.PASS);
  }

  @Test
  void r01_refuses_unknown_accounts_and_instruments_and_creates_nothing_for_them() {
    GroupUnderTest group = priced(setup());

    Decision account = group.buy("1").account("nobody").send();
    Decision instrument = group.buy("1").in("X:DOGE").send();

    rule("R01", account).is(Result.REFUSED).because("account nobody is not configured");
    rule("R03", account).is(Result.NOT_FED);
    rule("R01", instrument).is(Result.REFUSED).because("instrument X:DOGE is not listed");
    answer(account, Verdict.DENY, "0", "R01");
    answer(instrument, Verdict.DENY, "0", "R01");
    assertThat(group.state().books()).containsOnlyKeys("demo");
  }

  @ParameterizedTest
  @CsvSource({"5000000, PASS", "-5000000, PASS", "5000001, REFUSED", "-5000001, REFUSED"})
  void r01_bounds_how_far_the_sender_s_clock_is_off(long offUs, Result result) {
    GroupUnderTest group = priced(setup());

    rule("R01", group.buy("1").at(group.nowUs() + offUs).send()).is(result);
  }

  @Test
  void r01_keeps_the_prefix_of_its_own_ids() {
    GroupUnderTest group = priced(setup());

    rule("R01", group.buy("1").id("sluice:x").send()).is(Result.REFUSED).because("sluice:");
    Decision fromFront = group.buy("1").id("sluice:y").seeing(OrderRulesTest::madeInFront).send();
    rule("R01", fromFront).is(Result.PASS);
  }

  private static Snapshot madeInFront(Snapshot s) {
    return new Snapshot(
        s.last(),
        s.lastEventTimeUs(),
        s.lastReceiveTimeUs(),
        s.bid(),
        s.ask(),
        s.quoteEventTimeUs(),
        s.quoteReceiveTimeUs(),
        s.sigmaDaily(),
        s.crashes(),
        true,
        false,
        s.frontTimeUs());
  }

  @Test
  void r01_refuses_what_paper_has_no_room_to_watch() {
    Decision decision =
        priced(setup())
            .buy("1")
            .seeing(
                s ->
                    new Snapshot(
                        s.last(),
                        s.lastEventTimeUs(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        true,
                        s.frontTimeUs()))
            .send();

    rule("R01", decision).is(Result.REFUSED).because("paper");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_qty",
        "max_notional",
        "collar",
        "max_position_notional",
        "max_gross",
        "max_daily_loss",
        "max_drawdown",
        "max_consecutive_losses",
        "max_data_age_ms"
      })
  void r02_refuses_while_any_limit_is_not_set(String key) {
    Decision decision = priced(setup().unset(key)).buy("1").send();

    answer(decision, Verdict.DENY, "0", "R02");
    rule("R02", decision).is(Result.REFUSED).permits("0").because(key + " is not set");
  }

  @Test
  void r02_is_content_with_a_limit_at_any_scope_that_applies() {
    GroupUnderTest group =
        priced(setup().unset("max_qty").limit("strategy:demo/s", "max_qty", "2"));

    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").strategy("other").send(), Verdict.DENY, "0", "R02");
  }

  @Test
  void no_strategy_and_a_strategy_called_null_are_two() {
    GroupUnderTest group = priced(setup().limit("strategy:demo/null", "max_qty", "1"));
    group.buy("5").strategy(null).sendAgain();

    rule("R03", group.buy("5").strategy("null").send()).is(Result.LIMITED).permits("1");
  }

  @ParameterizedTest
  @CsvSource({"2, PASS, 2", "2.001, LIMITED, 2", "5, LIMITED, 2"})
  void r03_bounds_the_quantity(String qty, Result result, String permitted) {
    Decision decision = priced(setup().limit("firm", "max_qty", "2")).buy(qty).send();

    rule("R03", decision).is(result).saw(qty, "2").permits(permitted);
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(permitted);
  }

  @Test
  void r03_of_zero_refuses() {
    Decision decision = priced(setup().limit("firm", "max_qty", "0")).buy("1").send();

    answer(decision, Verdict.DENY, "0", "R03");
    rule("R03", decision).is(Result.REFUSED).saw("1", "0").permits("0");
  }

  @Test
  void the_tightest_scope_counts() {
    GroupUnderTest group =
        priced(
            setup()
                .limit("firm", "max_qty", "9")
                .limit("account:demo", "max_qty", "8")
                .limit("strategy:demo/s", "max_qty", "7")
                .limit("instrument:X:BTC", "max_qty", "6")
                .limit("venue:X", "max_qty", "5")
                .profile("max_qty", "4"));

    rule("R03", group.buy("10").send()).is(Result.LIMITED).saw("10", "4").permits("4");
  }

  // A market buy is valued 10 % above the last price here, a sale at the last price.
  @ParameterizedTest
  @CsvSource({
    "BUY, 10, 1100, PASS, 10",
    "BUY, 10, 1099.99, LIMITED, 9.999",
    "SELL, 10, 1000, PASS, 10",
    "SELL, 10, 999, LIMITED, 9.99"
  })
  void r04_values_a_market_order_at_its_worst_case(
      Side side, String qty, String bound, Result result, String permitted) {
    GroupUnderTest group = priced(setup().limit("firm", "max_notional", bound));
    Decision decision = (side == Side.BUY ? group.buy(qty) : group.sell(qty)).send();

    rule("R04", decision).is(result);
    assertThat(GroupUnderTest.outcome(decision, "R04").permitted())
        .isCloseTo(new java.math.BigDecimal(permitted), within("0.00000001"));
    assertThat(GroupUnderTest.outcome(decision, "R04").observed())
        .isEqualByComparingTo(side == Side.BUY ? "1100" : "1000");
  }

  private static org.assertj.core.data.Offset<java.math.BigDecimal> within(String offset) {
    return org.assertj.core.api.Assertions.within(new java.math.BigDecimal(offset));
  }

  @Test
  void r04_values_a_limit_order_at_its_limit_and_a_sale_at_no_less_than_the_market() {
    GroupUnderTest group = priced(setup().limit("firm", "max_notional", "1000"));

    rule("R04", group.buy("10").limit("101").send()).is(Result.LIMITED).saw("1010", "1000");
    rule("R04", group.sell("10").limit("99").send()).is(Result.PASS).saw("1000", "1000");
    rule("R04", group.sell("10").limit("101").send()).is(Result.LIMITED).saw("1010", "1000");
  }

  @Test
  void approval_is_rounded_down_to_the_lot_and_nothing_below_the_minimum_passes() {
    GroupUnderTest group = priced(setup().limit("firm", "max_notional", "0.5"));
    Decision decision = group.buy("10").limit("100").send();

    rule("R04", decision).is(Result.LIMITED).permits("0.005");
    answer(decision, Verdict.DENY, "0", "R04");

    GroupUnderTest fine = priced(setup().limit("firm", "max_notional", "333.3333"));
    answer(fine.buy("10").limit("100").send(), Verdict.SHRINK, "3.333", "R04");
  }

  @Test
  void after_a_shrink_the_minimum_value_is_held_at_the_price_the_venue_uses() {
    // 0.009 at the worst case of 114.4 is above the minimum of 1, at the price of 104 it is not.
    GroupUnderTest group = priced(setup().limit("firm", "max_qty", "0.0095"));
    group.trade(BTC, "104");

    answer(group.buy("1").send(), Verdict.DENY, "0", "R03");
  }

  @ParameterizedTest
  @CsvSource({"105, PASS", "95, PASS", "105.01, REFUSED", "94.99, REFUSED"})
  void r05_keeps_a_limit_price_near_the_reference(String limit, Result result) {
    Decision decision =
        priced(setup().limit("firm", "collar", "0.05")).buy("1").limit(limit).send();

    rule("R05", decision).is(result);
    if (result == Result.REFUSED) {
      rule("R05", decision).saw("5.01", "5").permits("0");
      answer(decision, Verdict.DENY, "0", "R05");
    }
  }

  @Test
  void r05_r07_and_r25_refuse_without_a_price() {
    GroupUnderTest group = setup().start();

    Decision market = group.buy("1").send();
    Decision limit = group.buy("1").limit("100").send();

    answer(market, Verdict.DENY, "0", "R05", "R07", "R08", "R09", "R20", "R25");
    answer(limit, Verdict.DENY, "0", "R05", "R07", "R25");
  }

  @Test
  void r07_shows_the_worst_case_of_a_market_order() {
    Decision decision = priced(setup()).buy("1").send();

    assertThat(GroupUnderTest.outcome(decision, "R07").observed()).isEqualByComparingTo("110");
  }

  @Test
  void the_reference_is_the_mid_of_a_fresh_quote_that_is_not_crossed() {
    GroupUnderTest group = priced(setup());

    assertThat(group.quote(BTC, "101", "103").buy("1").send().referencePrice())
        .isEqualByComparingTo("102");
    assertThat(group.quote(BTC, "103", "101").buy("1").send().referencePrice())
        .isEqualByComparingTo("100");
    group.quote(BTC, "101", "103").advance(61 * SECOND);
    group.trade(BTC, "100");
    assertThat(group.buy("1").send().referencePrice()).isEqualByComparingTo("100");
    assertThat(setup().start().quote(ETH, "9", "11").buy("1").in(ETH).send().referencePrice())
        .isEqualByComparingTo("10");
  }

  @ParameterizedTest
  @CsvSource({"1000, PASS", "999, REFUSED"})
  void r25_bounds_the_age_of_the_reference_price(String bound, Result result) {
    GroupUnderTest group = priced(setup().limit("firm", "max_data_age_ms", bound));
    Decision decision = group.advance(SECOND).buy("1").send();

    rule("R25", decision).is(result).saw("1000", bound);
  }

  @Test
  void a_tighter_age_does_not_swap_the_quote_for_a_trade_at_which_more_would_pass() {
    for (String age : new String[] {"5000", "1000"}) {
      GroupUnderTest group =
          priced(
              setup().limit("firm", "max_data_age_ms", age).limit("firm", "max_notional", "1000"));
      group.quote(BTC, "100", "100").advance(2 * SECOND);
      group.trade(BTC, "50");

      Decision decision = group.buy("20").send();
      assertThat(decision.referencePrice()).isEqualByComparingTo(age.equals("5000") ? "100" : "50");
      assertThat(decision.ruling().approvedQty())
          .as("valued at the quote's price all the same")
          .isEqualByComparingTo("9.09");
    }
  }

  @Test
  void r25_takes_the_oldest_stamp_so_that_a_fast_clock_looks_no_fresher() {
    GroupUnderTest group = priced(setup().limit("firm", "max_data_age_ms", "1000"));
    Decision decision =
        group
            .advance(2 * SECOND)
            .buy("1")
            .seeing(
                s ->
                    new Snapshot(
                        s.last(),
                        group.nowUs() + SECOND,
                        group.nowUs() - 2 * SECOND,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        false,
                        0))
            .send();

    rule("R25", decision).is(Result.REFUSED).saw("2000", "1000");
  }

  @Test
  void r25_lets_only_reducing_orders_pass_while_another_position_s_mark_is_stale() {
    GroupUnderTest group = priced(setup().limit("firm", "max_data_age_ms", "10000"));
    group.trade(ETH, "10");
    group.fill("f-eth", null, ETH, Side.BUY, "5", "10", "0");
    group.fill(null, Side.BUY, "2", "100");
    group.advance(11 * SECOND);
    group.trade(BTC, "100");

    rule("R25", group.buy("1").send()).is(Result.REFUSED).saw("11000", "10000").because(ETH);
    answer(group.sell("3").send(), Verdict.SHRINK, "2", "R25");
    answer(group.sell("1").in(ETH).send(), Verdict.DENY, "0", "R25");
  }

  private static double score(
      String equity, String qty, Double confidence, Double sigmaDaily, String drawdownTo) {
    GroupUnderTest group =
        setup()
            .with("market_worst_case", "'0.000001'")
            .with(
                "accounts",
                "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '%s',"
                        .formatted(equity)
                    + " leverage: '10'}]")
            .limit("firm", "max_drawdown", "0.1")
            .start();
    group.trade(BTC, "100");
    if (drawdownTo != null) {
      group.fill(null, Side.BUY, "1", "100");
      group.trade(BTC, drawdownTo);
    }
    GroupUnderTest.Wish wish = group.buy(qty).limit("100");
    wish = confidence == null ? wish : wish.confident(confidence);
    return wish.seeing(s -> withSigma(s, sigmaDaily)).send().ruling().riskScore();
  }

  private static Snapshot withSigma(Snapshot s, Double sigmaDaily) {
    return new Snapshot(
        s.last(),
        s.lastEventTimeUs(),
        null,
        null,
        null,
        null,
        null,
        sigmaDaily,
        List.of(),
        false,
        false,
        s.frontTimeUs());
  }

  /**
   * 0.3 (1 - confidence) + 0.25 min(2 x position / equity, 1) + 0.25 min(drawdown / bound, 1) + 0.2
   * min(daily volatility / 0.1, 1), each part by itself, at its end, and where it is not known.
   */
  @Test
  void the_risk_score_is_the_sum_of_its_four_parts() {
    double doubt = 0.3 * 0.25;
    assertThat(score("10000", "6", 0.75, 0.1, null)).isCloseTo(doubt + 0.03 + 0.2, offset(1e-12));
    assertThat(score("10000", "6", 0.75, 0.02, null)).isCloseTo(doubt + 0.03 + 0.04, offset(1e-12));
    assertThat(score("10000", "6", 0.75, 0.0, null)).isCloseTo(doubt + 0.03, offset(1e-12));
    assertThat(score("10000", "6", 0.75, 0.7, null)).isCloseTo(doubt + 0.03 + 0.2, offset(1e-12));
    assertThat(score("10000", "6", 0.75, null, null)).isCloseTo(doubt + 0.03 + 0.2, offset(1e-12));
    assertThat(score("10000", "6", null, 0.0, null)).isCloseTo(0.3 + 0.03, offset(1e-12));
    assertThat(score("10000", "6", 1.0, 0.0, null)).isCloseTo(0.03, offset(1e-12));
    assertThat(score("10000", "50", 1.0, 0.0, null)).isCloseTo(0.25, offset(1e-12));
    assertThat(score("10000", "90", 1.0, 0.0, null)).as("at most 1").isCloseTo(0.25, offset(1e-12));
    // 100 bought of 10,000 falls to 60: 40 of 10,000 is 0.004, of a bound of 0.1 it is 0.04. The
    // order at 100 would make it a position of 160.
    assertThat(score("10000", "1", 1.0, 0.0, "60"))
        .isCloseTo(0.25 * 2 * 160 / 9_960 + 0.25 * 0.04, offset(1e-12));
    assertThat(score("100", "1", 0.0, 0.2, "5")).as("all four").isCloseTo(1, offset(1e-12));
  }
}
