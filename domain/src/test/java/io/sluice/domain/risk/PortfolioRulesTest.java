package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Correlation;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** R10 to R14: what a portfolio nets to, hangs on, and has at work. */
class PortfolioRulesTest {
  private static final String TWO_ACCOUNTS =
      """
      [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage: '10',
        desk: 'd'},
       {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
        leverage: '10', desk: 'd'}]
      """;
  private static final String BTC_ON_TWO_VENUES =
      """
      [{id: 'X:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'},
       {id: 'Y:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'},
       {id: 'X:ETH', base: 'ETH', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'}]
      """;

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    group.trade(ETH, "10");
    return group;
  }

  @Test
  void unset_they_are_no_controls() {
    Decision decision = priced(setup()).buy("900").send();

    answer(decision, Verdict.ALLOW, "900");
    rule("R10", decision).is(Result.NOT_FED).because("max_net_long is not set");
    rule("R11", decision)
        .is(Result.NOT_FED)
        .because("max_concentration is not set", "max_asset_concentration is not set");
    rule("R13", decision).is(Result.NOT_FED).because("max_open_orders is not set");
    rule("R14", decision).is(Result.NOT_FED).because("max_unexecuted is not set");
  }

  @Test
  void r10_nets_longs_against_shorts_over_instruments_and_accounts() {
    GroupUnderTest group =
        priced(setup().with("accounts", TWO_ACCOUNTS).limit("desk:d", "max_net_long", "500"));
    group.fill("other", "f", null, ETH, Side.SELL, "40", "10", "0", group.nowUs());

    Decision decision = group.buy("10").limit("100").send();

    rule("R10", decision).is(Result.LIMITED).saw("600", "500").permits("9");
    answer(decision, Verdict.SHRINK, "9", "R10");
  }

  @Test
  void r10_counts_buys_at_work_and_never_nets_them_with_sells_at_work() {
    GroupUnderTest group = priced(setup().limit("firm", "max_net_long", "500"));
    answer(group.sell("20").limit("100").send(), Verdict.ALLOW, "20");
    answer(group.buy("5").limit("100").send(), Verdict.ALLOW, "5");

    rule("R10", group.buy("0.01").limit("100").send()).is(Result.REFUSED).saw("501", "500");
  }

  @Test
  void r10_bounds_longs_and_shorts_apart() {
    GroupUnderTest group =
        priced(setup().limit("firm", "max_net_long", "800").limit("firm", "max_net_short", "200"));

    answer(group.sell("3").limit("100").send(), Verdict.SHRINK, "2", "R10");
    answer(group.buy("9").limit("100").send(), Verdict.SHRINK, "8", "R10");
  }

  @Test
  void r10_lets_a_position_come_closer_to_flat_whatever_the_rest_nets_to() {
    GroupUnderTest group = priced(setup().limit("firm", "max_net_short", "100"));
    group.fill(null, Side.BUY, "2", "100");
    group.fill("f", null, ETH, Side.SELL, "50", "10", "0");

    // 300 short already: the two are sold, and not a coin beyond them.
    answer(group.sell("3").limit("100").send(), Verdict.SHRINK, "2", "R10");
  }

  @Test
  void r11_bounds_one_instrument_to_a_part_of_equity() {
    GroupUnderTest group = priced(setup().limit("account:demo", "max_concentration", "0.5"));

    Decision decision = group.buy("60").limit("100").send();

    rule("R11", decision).is(Result.LIMITED).saw("6000", "5000").permits("50");
    answer(group.buy("500").limit("10").in(ETH).send(), Verdict.ALLOW, "500");
  }

  @Test
  void r11_adds_an_asset_over_its_venues() {
    GroupUnderTest group =
        priced(
            setup()
                .with("instruments", BTC_ON_TWO_VENUES)
                .limit("firm", "max_asset_concentration", "0.5"));
    group.trade("Y:BTC", "100");
    group.fill("f", null, "Y:BTC", Side.SELL, "30", "100", "0");

    answer(group.buy("60").limit("100").send(), Verdict.SHRINK, "20", "R11");
    answer(group.buy("600").limit("10").in(ETH).send(), Verdict.SHRINK, "500", "R11");
    // What is sold on the other venue may be bought back whatever there is here.
    answer(group.buy("30").limit("100").in("Y:BTC").send(), Verdict.ALLOW, "30");
  }

  @Test
  void r11_of_equity_that_is_gone_or_unknown_lets_only_reducing_through() {
    GroupUnderTest group = priced(setup().limit("firm", "max_concentration", "0.5"));
    group.fill(null, Side.BUY, "200", "100");
    group.trade(BTC, "40");
    rule("R11", group.buy("1").limit("40").send()).is(Result.REFUSED);
    answer(group.sell("200").limit("40").send(), Verdict.ALLOW, "200");

    GroupUnderTest unpriced = priced(setup().limit("firm", "max_concentration", "0.5"));
    unpriced.fill("f", null, "X:DOGE", Side.BUY, "1", "1", "0");
    rule("R11", unpriced.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .because("max_concentration at firm", "a position has no price");
  }

  private static final String CORRELATIONS =
      "[{a: 'BTC', b: 'ETH', value: '0.8'}, {a: 'BTC', b: 'GOLD', value: '-0.9'}]";
  private static final String WITH_GOLD =
      BTC_ON_TWO_VENUES.replace(
          "]",
          ", {id: 'X:GOLD', base: 'GOLD', quote: 'USD', tick: '0.01', lot: '0.001',"
              + " min_qty: '0.001', max_qty: '1000000', min_notional: '1'}]");

  private static GroupUnderTest correlated(String bound) {
    GroupUnderTest group =
        priced(
            setup()
                .with("instruments", WITH_GOLD)
                .with("correlations", CORRELATIONS)
                .limit("account:demo", "max_correlation", bound));
    group.trade("X:GOLD", "50");
    return group;
  }

  @Test
  void r12_refuses_the_same_bet_in_what_moves_together() {
    GroupUnderTest group = correlated("0.7");
    group.fill(null, Side.BUY, "1", "100");

    rule("R12", group.buy("1").limit("10").in(ETH).send())
        .is(Result.REFUSED)
        .saw("0.8", "0.7")
        .because(BTC, "max_correlation at account:demo");
    answer(group.buy("1").limit("50").in("X:GOLD").send(), Verdict.ALLOW, "1");
    // Against each other: short gold is the bet that long bitcoin is.
    rule("R12", group.sell("1").limit("50").in("X:GOLD").send())
        .is(Result.REFUSED)
        .saw("0.9", "0.7");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
    GroupUnderTest other = correlated("0.7");
    other.fill(null, Side.BUY, "1", "100");
    answer(other.sell("1").limit("10").in(ETH).send(), Verdict.ALLOW, "1");
  }

  @Test
  void r12_counts_orders_at_work_and_lets_a_position_come_closer_to_flat() {
    GroupUnderTest group = correlated("0.7");
    group.fill("f", null, ETH, Side.SELL, "5", "10", "0");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");

    answer(group.buy("7").limit("10").in(ETH).send(), Verdict.SHRINK, "5", "R12");
    answer(correlated("0.8").buy("1").limit("10").in(ETH).send(), Verdict.ALLOW, "1");
  }

  @Test
  void r12_without_the_correlation_only_lets_a_position_come_closer_to_flat() {
    GroupUnderTest group = correlated("0.7");
    group.fill("f", null, ETH, Side.BUY, "5", "10", "0");

    rule("R12", group.buy("1").limit("50").in("X:GOLD").send())
        .is(Result.NOT_FED)
        .permits("0")
        .because("correlation with X:ETH", "add it to correlations");
  }

  @Test
  void r12_an_estimate_counts_for_a_day_where_nothing_is_configured() {
    GroupUnderTest group = correlated("0.7");
    group.fill("f", null, ETH, Side.BUY, "5", "10", "0");
    group.correlated("GOLD", "ETH", "0.71");
    rule("R12", group.buy("1").limit("50").in("X:GOLD").send())
        .is(Result.REFUSED)
        .saw("0.71", "0.7");
    group.correlated("ETH", "GOLD", "0.7");
    rule("R12", group.buy("1").limit("50").in("X:GOLD").send()).is(Result.REFUSED);
    group.advance(1);
    group.correlated("ETH", "GOLD", "0.7");
    answer(group.buy("1").limit("50").in("X:GOLD").send(), Verdict.ALLOW, "1");
    group.correlated("ETH", "BTC", "0");
    rule("R12", group.buy("1").limit("100").send()).is(Result.REFUSED).saw("0.8", "0.7");
    group.advance(DAY + 1);
    rule("R12", group.buy("1").limit("50").in("X:GOLD").send()).is(Result.NOT_FED).permits("0");
  }

  @Test
  void r12_an_estimate_of_what_is_not_listed_or_older_than_the_known_one_is_passed_over() {
    GroupUnderTest group = correlated("0.7");
    int parts = group.parts().size();
    for (int i = 0; i < 100; i++) {
      group.correlated("MADE-UP-" + i, "ETH", "0.1");
    }
    assertThat(group.parts()).hasSizeLessThanOrEqualTo(parts + 1);
    group.fill("f", null, ETH, Side.BUY, "5", "10", "0");
    group.correlated("GOLD", "ETH", "0.9");
    group.fold(
        "estimates",
        new Correlation("GOLD", "ETH", new BigDecimal("0.1"), group.nowUs() - 1),
        null);
    rule("R12", group.buy("1").limit("50").in("X:GOLD").send()).is(Result.REFUSED);
    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
  }

  @Test
  void r13_counts_orders_until_they_end_and_an_amendment_adds_none() {
    GroupUnderTest group = priced(setup().limit("strategy:demo/s", "max_open_orders", "2"));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.sell("1").id("b").limit("100").send(), Verdict.ALLOW, "1");

    rule("R13", group.buy("1").limit("100").send())
        .is(Result.REFUSED)
        .saw("3", "2")
        .because("max_open_orders at strategy:demo/s");
    answer(group.amend("a").qty("2").send(), Verdict.ALLOW, "2");
    answer(group.buy("1").strategy("another").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.cancel("b").send(), Verdict.ALLOW, "0");
    rule("R13", group.buy("1").limit("100").send()).is(Result.REFUSED);
    group.status("b", Status.CANCELLED, "0");
    answer(group.buy("1").id("c").limit("100").send(), Verdict.ALLOW, "1");
    group.fill("c", Side.BUY, "1", "100");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r14_adds_what_both_sides_have_unexecuted() {
    GroupUnderTest group = priced(setup().limit("venue:X", "max_unexecuted", "1000"));
    answer(group.buy("4").id("a").limit("100").send(), Verdict.ALLOW, "4");
    answer(group.sell("30").limit("10").in(ETH).send(), Verdict.ALLOW, "30");

    Decision decision = group.buy("5").limit("100").send();
    rule("R14", decision).is(Result.LIMITED).saw("1200", "1000").permits("3");
    group.fill("a", Side.BUY, "2", "100");
    rule("R14", group.buy("3").limit("100").send()).is(Result.LIMITED).saw("1100", "1000");
  }

  @Test
  void r14_holds_an_amendment_to_what_it_would_make_of_the_order() {
    GroupUnderTest group = priced(setup().limit("firm", "max_unexecuted", "1000"));
    answer(group.buy("4").id("a").limit("100").send(), Verdict.ALLOW, "4");

    answer(group.amend("a").qty("25").send(), Verdict.SHRINK, "10", "R14");
  }

  @Test
  void r14_lets_a_position_come_closer_to_flat() {
    GroupUnderTest group = priced(setup().limit("firm", "max_unexecuted", "100"));
    group.fill(null, Side.BUY, "9", "100");

    answer(group.sell("9").limit("100").send(), Verdict.ALLOW, "9");
    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R14");
  }
}
