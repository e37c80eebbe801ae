package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import org.junit.jupiter.api.Test;

/** R06 and R15 to R18: how much is sent, how often the same, how far it walks. */
class OrderFlowRulesTest {
  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    group.trade(ETH, "10");
    return group;
  }

  @Test
  void unset_they_are_no_controls_and_nothing_is_counted() {
    GroupUnderTest group = priced(setup().storing());
    Decision decision = group.buy("1").limit("100").send();

    answer(decision, Verdict.ALLOW, "1");
    for (String code : new String[] {"R06", "R15", "R17", "R18"}) {
      rule(code, decision).is(Result.NOT_FED).because("is not set");
    }
    assertThat(group.parts().keySet()).noneMatch(part -> part.startsWith("flow:"));
  }

  @Test
  void r15_counts_new_orders_and_lets_them_through_again_when_the_window_has_passed() {
    GroupUnderTest group = priced(setup().limit("account:demo", "max_new_rate", "2"));
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");

    rule("R15", group.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .saw("3", "2")
        .because("NEW within 1s", "max_new_rate at account:demo");
    group.advance(1_100_000);
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r15_counts_what_was_refused_and_what_is_not_even_complete() {
    GroupUnderTest group =
        priced(setup().limit("strategy:demo/s", "max_new_rate", "2").limit("firm", "max_qty", "5"));
    answer(group.buy("1").in("X:NOTHING").send(), Verdict.DENY, "0", "R01");
    answer(group.buy("9").limit("100").send(), Verdict.SHRINK, "5", "R03");

    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R15");
    answer(group.buy("1").limit("100").strategy("another").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r15_counts_new_orders_amendments_and_cancels_apart() {
    GroupUnderTest group =
        priced(setup().limit("firm", "max_new_rate", "1").limit("firm", "max_amend_rate", "1"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.amend("a").qty("2").send(), Verdict.ALLOW, "2");

    answer(group.cancel("a").send(), Verdict.ALLOW, "0");
    rule("R15", group.amend("a").qty("3").send())
        .is(Result.REFUSED)
        .because("AMEND within 1s", "max_amend_rate");
  }

  @Test
  void r15_never_refuses_a_cancel_and_after_too_many_lets_nothing_else_through() {
    GroupUnderTest group = priced(setup().limit("venue:X", "max_cancel_rate", "2"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    for (int i = 0; i < 5; i++) {
      answer(group.cancel("a").send(), Verdict.ALLOW, "0");
    }

    rule("R15", group.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .saw("5", "2")
        .because("CANCEL within 1s");
    answer(group.cancel("a").send(), Verdict.ALLOW, "0");
  }

  @Test
  void r15_counts_over_the_window_that_is_configured() {
    GroupUnderTest group =
        priced(
            setup()
                .with("order_flow", "{message_window: '10s'}")
                .limit("firm", "max_new_rate", "1"));
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
    group.advance(10 * SECOND);
    rule("R15", group.buy("1").limit("100").send()).is(Result.REFUSED).because("within 10s");
    group.advance(12 * SECOND);
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void windows_are_bounded() {
    assertThatThrownBy(() -> setup().with("order_flow", "{ratio_window: '8d'}").configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "order_flow.ratio_window is \"8d\", expected a duration of at most 7d");
    assertThatThrownBy(() -> setup().with("order_flow", "{ratio_windows: '1d'}").configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ratio_windows");
  }

  @Test
  void r17_refuses_the_same_order_again_within_the_window() {
    GroupUnderTest group = priced(setup().limit("firm", "max_duplicates", "1"));
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");

    rule("R17", group.buy("1.000").limit("100.00").send())
        .is(Result.REFUSED)
        .saw("2", "1")
        .because("within 10s", "max_duplicates at firm");
    answer(group.sell("1").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1.001").limit("100").send(), Verdict.ALLOW, "1.001");
    answer(group.buy("1").limit("100.01").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").limit("100").strategy("another").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").limit("10").in(ETH).send(), Verdict.ALLOW, "1");
    group.advance(10 * SECOND);
    rule("R17", group.buy("1").limit("100").send()).is(Result.REFUSED);
    group.advance(1);
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r17_does_not_count_what_was_refused() {
    GroupUnderTest group =
        priced(setup().limit("firm", "max_duplicates", "1").limit("firm", "collar", "0.01"));
    answer(group.buy("1").limit("110").send(), Verdict.DENY, "0", "R05");
    answer(group.buy("1").limit("110").send(), Verdict.DENY, "0", "R05");
  }

  @Test
  void r17_cannot_be_passed_by_an_amendment_which_is_none_of_itself() {
    GroupUnderTest group = priced(setup().paper().limit("firm", "max_duplicates", "1"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").id("b").limit("99").send(), Verdict.ALLOW, "1");

    answer(group.amend("b").limit("100").send(), Verdict.DENY, "0", "R17");
    answer(group.amend("a").limit("101").send(), Verdict.ALLOW, "1");
    answer(group.amend("a").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r18_holds_messages_against_fills_once_there_are_enough() {
    GroupUnderTest group =
        priced(
            setup()
                .with("order_flow", "{ratio_min_messages: 4}")
                .limit("strategy:demo/s", "max_order_to_trade", "3"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.amend("a").qty("2").send(), Verdict.ALLOW, "2");
    answer(group.cancel("a").send(), Verdict.ALLOW, "0");

    rule("R18", group.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .saw("4", "3")
        .because("messages for each fill within 1h", "max_order_to_trade at strategy:demo/s");
    group.fill("a", Side.BUY, "0.5", "100");
    group.fill("a", Side.BUY, "0.5", "100");
    rule("R18", group.buy("1").limit("100").send()).is(Result.PASS).saw("2", "3");
  }

  @Test
  void r18_holds_cancels_against_orders() {
    GroupUnderTest group =
        priced(
            setup()
                .with("order_flow", "{ratio_min_messages: 3}")
                .limit("account:demo", "max_cancel_ratio", "0.5"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.cancel("a").send(), Verdict.ALLOW, "0");

    rule("R18", group.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .saw("1", "0.5")
        .because("cancels for each order");
    group.advance(70 * MINUTE);
    group.trade(BTC, "100");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r18_lets_a_position_come_closer_to_flat() {
    GroupUnderTest group =
        priced(
            setup()
                .with("order_flow", "{ratio_min_messages: 2}")
                .limit("firm", "max_order_to_trade", "1"));
    answer(group.buy("4").id("a").limit("100").send(), Verdict.ALLOW, "4");
    group.fill("a", Side.BUY, "4", "100");
    answer(group.cancel("a").send(), Verdict.ALLOW, "0");

    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R18");
    answer(group.sell("9").limit("100").send(), Verdict.SHRINK, "4", "R18");
  }

  @Test
  void r06_stops_orders_that_walk_the_price_away_each_near_the_market() {
    GroupUnderTest group =
        priced(setup().limit("firm", "collar", "0.02").limit("firm", "max_price_drift", "0.05"));
    for (String price : new String[] {"100", "101.5", "103", "104.5"}) {
      group.trade(BTC, price);
      group.advance(SECOND);
      answer(group.buy("1").limit(price).send(), Verdict.ALLOW, "1");
    }
    group.trade(BTC, "106");

    Decision decision = group.buy("1").limit("106").send();

    rule("R05", decision).is(Result.PASS);
    rule("R06", decision)
        .is(Result.REFUSED)
        .saw("6", "5")
        .because("further from 100", "first order within 1m", "max_price_drift at firm");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R06");
    answer(group.buy("1").limit("10").in(ETH).send(), Verdict.ALLOW, "1");
    group.advance(70 * SECOND);
    answer(group.buy("1").limit("106").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r06_lets_a_position_be_closed_wherever_the_price_went() {
    GroupUnderTest group = priced(setup().limit("firm", "max_price_drift", "0.05"));
    answer(group.buy("3").id("a").limit("100").send(), Verdict.ALLOW, "3");
    group.fill("a", Side.BUY, "3", "100");
    group.trade(BTC, "80");

    answer(group.sell("5").send(), Verdict.SHRINK, "3", "R06");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R06");
  }

  @Test
  void r06_counts_no_order_that_was_refused() {
    GroupUnderTest group =
        priced(setup().limit("firm", "max_price_drift", "0.05").limit("firm", "collar", "0.01"));
    answer(group.buy("1").limit("104").send(), Verdict.DENY, "0", "R05");
    group.trade(BTC, "110");
    answer(group.buy("1").limit("110").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r16_stops_a_strategy_that_keeps_entering_until_a_person_lets_it_go_on() {
    GroupUnderTest group =
        priced(setup().paper().storing().limit("account:demo", "max_reentries", "2"));
    for (int i = 0; i < 3; i++) {
      answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
    }

    rule("R16", group.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .saw("2", "2")
        .because("max_reentries was breached at strategy:demo/s", "HALT until a person");
    assertThat(group.events(Event.Type.BREACH)).hasSize(1);
    assertThat(group.events(Event.Type.HALT)).hasSize(1);
    assertThat(group.sell("1").limit("100").send().ruling().verdict()).isEqualTo(Verdict.HALT);
    answer(group.buy("1").limit("100").strategy("another").send(), Verdict.ALLOW, "1");
    group.advance(24 * 60 * MINUTE);
    group.trade(BTC, "100");
    assertThat(group.buy("1").limit("100").send().ruling().verdict()).isEqualTo(Verdict.HALT);

    group.command("RESET_BREAKER", "strategy:demo/s", "{limit: 'max_reentries'}");

    for (int i = 0; i < 3; i++) {
      answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
    }
    assertThat(group.buy("1").limit("100").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void r16_counts_entries_within_the_window_and_no_exits() {
    GroupUnderTest group = priced(setup().limit("firm", "max_reentries", "2"));
    group.fill(null, Side.BUY, "9", "100");
    for (int i = 0; i < 5; i++) {
      answer(group.sell("1").limit("100").send(), Verdict.ALLOW, "1");
    }
    for (int i = 0; i < 5; i++) {
      group.advance(40 * SECOND);
      group.trade(BTC, "100");
      answer(group.buy("1").id("b-" + i).limit("100").send(), Verdict.ALLOW, "1");
    }
    // An amendment that grows the order is an entry; one of its price is none.
    answer(group.amend("b-4").id("p").limit("99").send(), Verdict.ALLOW, "1");
    group.status("p", Status.ACKED, "0");
    answer(group.amend("b-4").qty("2").send(), Verdict.ALLOW, "2");
    assertThat(group.buy("1").limit("100").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void r16_stops_at_once_where_its_limit_is_tightened_below_what_has_been() {
    GroupUnderTest.Setup setup = setup().limit("firm", "max_reentries", "9");
    GroupUnderTest group = priced(setup);
    for (int i = 0; i < 4; i++) {
      answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
    }

    group.configure(setup.limit("firm", "max_reentries", "3").configuration());

    assertThat(group.buy("1").limit("100").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void a_window_that_is_made_longer_still_counts_what_counted() {
    GroupUnderTest.Setup setup = setup().storing().limit("firm", "max_new_rate", "1");
    GroupUnderTest group = priced(setup);
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");

    group.configure(setup.with("order_flow", "{message_window: '1m'}").configuration());
    group.advance(30 * SECOND);

    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R15");
    group.advance(70 * SECOND);
    group.trade(BTC, "100");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void counts_are_forgotten_when_their_windows_have_passed() {
    GroupUnderTest group =
        priced(
            setup()
                .storing()
                .limit("firm", "max_new_rate", "9")
                .limit("firm", "max_duplicates", "9")
                .limit("firm", "max_price_drift", "0.5")
                .limit("firm", "max_cancel_ratio", "9"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    group.status("a", Status.CANCELLED, "0");
    assertThat(group.parts().keySet().stream().filter(part -> part.startsWith("flow:"))).hasSize(4);

    group.clock(2 * 60 * MINUTE);

    assertThat(group.parts().keySet()).noneMatch(part -> part.startsWith("flow:"));
  }
}
