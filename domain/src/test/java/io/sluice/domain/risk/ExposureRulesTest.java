package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import org.junit.jupiter.api.Test;

/** R08, R09 and R20: positions, what is at work, and what an account can pay for. */
class ExposureRulesTest {
  private static final String TWO_ACCOUNTS =
      """
      [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage: '10',
        desk: 'd'},
       {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
        leverage: '10', desk: 'd'}]
      """;

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    group.trade(ETH, "10");
    return group;
  }

  @Test
  void r08_counts_the_position_and_everything_at_work_on_the_side() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    group.fill(null, Side.BUY, "4", "100");

    answer(group.buy("3").limit("100").send(), Verdict.ALLOW, "3");
    Decision atTheBound = group.buy("3").limit("100").send();
    rule("R08", atTheBound).is(Result.PASS).saw("1000", "1000");
    rule("R08", group.buy("0.01").limit("100").send())
        .is(Result.REFUSED)
        .saw("1001", "1000")
        .permits("0");
  }

  @Test
  void r08_shrinks_to_what_fits() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    Decision decision = group.buy("15").limit("100").send();

    rule("R08", decision).is(Result.LIMITED).saw("1500", "1000").permits("10");
    answer(decision, Verdict.SHRINK, "10", "R08");
  }

  @Test
  void r08_never_nets_buys_against_sells_at_work() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    answer(group.sell("10").limit("100").send(), Verdict.ALLOW, "10");
    answer(group.buy("10").limit("100").send(), Verdict.ALLOW, "10");

    rule("R08", group.buy("0.01").limit("100").send()).is(Result.REFUSED);
    rule("R08", group.sell("0.01").limit("100").send()).is(Result.REFUSED);
  }

  @Test
  void r08_always_lets_a_position_come_closer_to_flat() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    group.fill(null, Side.BUY, "30", "100");

    answer(group.sell("5").limit("100").send(), Verdict.ALLOW, "5");
    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R08");
    // 25 are left to reduce; beyond flat the bound holds: 30 long, 40 sold is 10 short.
    answer(group.sell("36").limit("100").send(), Verdict.SHRINK, "35", "R08");
  }

  @Test
  void r08_adds_the_accounts_of_a_scope_without_netting_them() {
    GroupUnderTest group =
        priced(
            setup()
                .with("accounts", TWO_ACCOUNTS)
                .limit("desk:d", "max_position_notional", "1000")
                .limit("account:other", "max_position_notional", "900"));
    answer(group.buy("6").limit("100").send(), Verdict.ALLOW, "6");

    Decision short5 = group.sell("5").limit("100").account("other").send();
    rule("R08", short5).is(Result.LIMITED).saw("1100", "1000").permits("4");
    assertThat(short5.ruling().approvedQty()).isEqualByComparingTo("4");
  }

  @Test
  void r08_bounds_the_firm_s_part_in_an_instrument_and_at_a_venue() {
    GroupUnderTest group =
        priced(
            setup()
                .with("accounts", TWO_ACCOUNTS)
                .limit("instrument:X:BTC", "max_position_notional", "500"));
    answer(group.buy("3").limit("100").send(), Verdict.ALLOW, "3");
    answer(group.buy("3").limit("100").account("other").send(), Verdict.SHRINK, "2", "R08");
    answer(group.buy("90").limit("10").in(ETH).send(), Verdict.ALLOW, "90");
  }

  @Test
  void r08_bounds_what_is_a_strategy_s_own_whatever_others_of_the_account_have() {
    GroupUnderTest group =
        priced(setup().storing().limit("strategy:demo/t", "max_position_notional", "1000"));
    group.fill(null, Side.BUY, "30", "100");
    answer(group.buy("4").limit("100").strategy("t").id("t1").send(), Verdict.ALLOW, "4");
    group.fill("t1", Side.BUY, "4", "100");
    group.trade(BTC, "110");
    answer(group.buy("5").limit("100").strategy("t").id("t2").send(), Verdict.ALLOW, "5");
    rule("R08", group.buy("1").limit("100").strategy("t").send())
        .is(Result.LIMITED)
        .saw("1040", "1000")
        .permits("0.6")
        .because("max_position_notional at strategy:demo/t");
    answer(group.buy("20").limit("110").strategy("s").send(), Verdict.ALLOW, "20");
    // 440 of the position and 60 of the last order, without what is amended.
    rule("R08", group.amend("t2").qty("9").strategy("t").send())
        .is(Result.LIMITED)
        .saw("1400", "1000")
        .permits("5");

    // What the venue has filled of an order that ended is reserved until its fill comes.
    group.status("t2", Status.CANCELLED, "5");
    rule("R08", group.buy("0.5").limit("100").strategy("t").send()).saw("1050", "1000");
    group.fill("t2", Side.BUY, "5", "100");
    group.trade(BTC, "100");
    rule("R08", group.buy("1").limit("100").strategy("t").send())
        .saw("1060", "1000")
        .permits("0.4");
  }

  @Test
  void a_strategy_s_exposure_is_its_own_in_all_instruments() {
    GroupUnderTest group =
        priced(
            setup()
                .storing()
                .limit("strategy:demo/t", "max_gross", "1000")
                .limit("strategy:demo/t", "max_net_short", "300"));
    group.fill(null, Side.SELL, "50", "100");
    answer(group.buy("6").limit("100").strategy("t").id("t1").send(), Verdict.ALLOW, "6");
    group.fill("t1", Side.BUY, "6", "100");

    // The account is short 44 and t long 6: t may sell what it has, and 3 more.
    rule("R10", group.sell("10").limit("100").strategy("t").send())
        .is(Result.LIMITED)
        .saw("400", "300")
        .permits("9");
    rule("R09", group.buy("50").limit("10").in(ETH).strategy("t").send())
        .is(Result.LIMITED)
        .saw("1100", "1000")
        .permits("40");
    rule("R09", group.buy("50").limit("10").in(ETH).strategy("u").send()).is(Result.PASS);
  }

  @Test
  void r09_adds_all_instruments() {
    GroupUnderTest group = priced(setup().limit("firm", "max_gross", "1000"));
    group.fill(null, Side.SELL, "6", "100");

    Decision decision = group.buy("50").limit("10").in(ETH).send();
    rule("R09", decision).is(Result.LIMITED).saw("1100", "1000").permits("40");
    answer(decision, Verdict.SHRINK, "40", "R09");
    answer(group.buy("6").limit("100").send(), Verdict.ALLOW, "6");
  }

  @Test
  void exposure_follows_the_mark() {
    GroupUnderTest group = priced(setup().limit("firm", "max_gross", "1000"));
    group.fill(null, Side.BUY, "9", "100");
    group.trade(BTC, "200");

    rule("R09", group.buy("1").limit("200").send()).is(Result.REFUSED).saw("2000", "1000");
  }

  @Test
  void r20_a_cash_account_buys_with_cash_that_no_working_buy_has_reserved_fee_included() {
    GroupUnderTest group =
        priced(
            setup()
                .cash("1010")
                .with("execution", "{mode: 'external', fee: '0.01', slippage: '0'}"));

    answer(group.buy("6").limit("100").send(), Verdict.ALLOW, "6");
    Decision second = group.buy("5").limit("100").send();
    rule("R20", second).is(Result.LIMITED).saw("505", "404").permits("4");
    answer(second, Verdict.SHRINK, "4", "R20");
    rule("R20", group.buy("1").limit("100").send()).is(Result.REFUSED).saw("101", "0");
  }

  @Test
  void r20_a_cash_account_sells_only_what_it_holds_and_has_not_offered() {
    GroupUnderTest group = priced(setup().cash("1000"));
    rule("R20", group.sell("1").send()).is(Result.REFUSED).saw("1", "0");

    group.fill(null, Side.BUY, "5", "100");
    answer(group.sell("3").limit("110").send(), Verdict.ALLOW, "3");
    answer(group.sell("3").send(), Verdict.SHRINK, "2", "R20");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R20");
  }

  @Test
  void r20_a_margin_account_s_exposure_stays_within_equity_times_leverage() {
    GroupUnderTest group = priced(setup());
    Decision decision = group.buy("1001").limit("100").id("big").send();

    rule("R20", decision).is(Result.LIMITED).saw("100100", "100000").permits("1000");
    group.fill("big", Side.BUY, "1000", "100");
    group.trade(BTC, "95");
    // Equity is 5,000 and the exposure 95,000: opening is over, reducing is not.
    rule("R20", group.buy("1").limit("95").send()).is(Result.REFUSED).saw("95095", "50000");
    answer(group.sell("1000").limit("95").send(), Verdict.ALLOW, "1000");
  }

  @Test
  void r20_refuses_without_books_and_in_another_currency() {
    Decision unknown = priced(setup().unknownBooks()).buy("1").send();
    rule("R20", unknown).is(Result.REFUSED).because("NOT_INITIALISED");
    answer(unknown, Verdict.DENY, "0", "R20");

    GroupUnderTest euro =
        priced(
            setup()
                .with("accounts", "[{id: 'demo', profile: 'p', currency: 'EUR', cash: '10000'}]"));
    euro.snapshot("demo", "1", "{}");
    rule("R20", euro.buy("1").send()).is(Result.REFUSED);
  }

  @Test
  void r20_a_reduce_only_order_reduces() {
    GroupUnderTest group = priced(setup());
    group.fill(null, Side.BUY, "5", "100");

    rule("R20", group.buy("1").reduceOnly().send()).is(Result.REFUSED).permits("0");
    answer(group.sell("8").reduceOnly().send(), Verdict.SHRINK, "5", "R20");
    rule("R20", group.sell("1").reduceOnly().send()).is(Result.REFUSED);
  }

  @Test
  void a_terminal_status_frees_what_was_not_filled_and_keeps_what_no_fill_has_booked() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    group.buy("10").limit("100").id("a").send();
    group.status("a", Status.CANCELLED, "4");

    assertThat(group.order("a").openQty()).isEqualByComparingTo("4");
    answer(group.buy("7").limit("100").send(), Verdict.SHRINK, "6", "R08");
    group.fill("a", Side.BUY, "4", "100");
    assertThat(group.order("a").openQty()).isEqualByComparingTo("0");
    assertThat(group.position(BTC)).isEqualByComparingTo("4");
  }

  @Test
  void an_approved_cancel_frees_nothing() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    group.buy("10").limit("100").id("a").send();

    answer(group.cancel("a").send(), Verdict.ALLOW, "0");
    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R08");
    group.status("a", Status.CANCELLED, "0");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_burst_in_one_microsecond_is_bounded_together() {
    GroupUnderTest group = priced(setup().limit("firm", "max_gross", "1000"));

    for (int i = 0; i < 30; i++) {
      group.buy("1").limit("100").send();
    }

    assertThat(group.book().holding(BTC).buyQty()).isEqualByComparingTo("10");
  }
}
