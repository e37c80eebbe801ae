package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.market.Liquidity;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R29, R32 and R36: how large an order may be for the market it goes to. */
class MarketSizeRulesTest {
  private static GroupUnderTest traded(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    return group;
  }

  private static Snapshot moving(Snapshot s, Double sigmaDaily) {
    return new Snapshot(
            s.last(),
            s.lastEventTimeUs(),
            s.lastReceiveTimeUs(),
            s.bid(),
            s.ask(),
            s.quoteEventTimeUs(),
            s.quoteReceiveTimeUs(),
            sigmaDaily,
            List.of(),
            false,
            false,
            s.frontTimeUs())
        .with(s.liquidity(), null);
  }

  private static Decision buyAt(GroupUnderTest group, String qty, Double sigmaDaily) {
    return group.buy(qty).seeing(s -> moving(s, sigmaDaily)).send();
  }

  @Test
  void r29_an_order_shrinks_by_target_over_volatility() {
    GroupUnderTest group = traded(setup().limit("firm", "target_sigma_daily", "0.02"));
    answer(buyAt(group, "10", 0.02), Verdict.ALLOW, "10");
    answer(buyAt(group, "10", 0.0199), Verdict.ALLOW, "10");

    Decision shrunk = buyAt(group, "10", 0.05);
    answer(shrunk, Verdict.SHRINK, "4", "R29");
    rule("R29", shrunk)
        .is(Result.LIMITED)
        .saw("0.05", "0.02")
        .because("target_sigma_daily", "firm");
    answer(buyAt(group, "10", 0.0300000001), Verdict.SHRINK, "6.666", "R29");
  }

  @Test
  void r29_what_reduces_does_not_shrink_and_an_unknown_volatility_opens_nothing() {
    GroupUnderTest group = traded(setup().limit("firm", "target_sigma_daily", "0.02"));
    rule("R29", buyAt(group, "1", null)).is(Result.NOT_FED).permits("0").because("volatility");
    group.fill(null, Side.BUY, "5", "100");
    answer(group.sell("5").seeing(s -> moving(s, 0.2)).send(), Verdict.ALLOW, "5");
    answer(group.sell("5").seeing(s -> moving(s, null)).send(), Verdict.DENY, "0", "R29");
  }

  @Test
  void r29_adaptive_false_leaves_the_limits_and_no_multiplier() {
    GroupUnderTest group =
        traded(
            setup()
                .with("adaptive", "false")
                .limit("firm", "max_qty", "7")
                .limit("firm", "target_sigma_daily", "0.02"));
    answer(buyAt(group, "5", 0.5), Verdict.ALLOW, "5");
    answer(buyAt(group, "5", null), Verdict.ALLOW, "5");
    answer(buyAt(group, "9", 0.5), Verdict.SHRINK, "7", "R03");
    GroupUnderTest.Setup byRegime =
        setup().limit("firm", "max_qty", "{bound: '7', regimes: {volatile: '3'}}");
    answer(buyAt(traded(byRegime), "9", 0.5), Verdict.SHRINK, "3", "R03");
    answer(buyAt(traded(byRegime.with("adaptive", "false")), "9", 0.5), Verdict.SHRINK, "7", "R03");
  }

  private static Decision buy(GroupUnderTest group, String qty, Liquidity liquidity) {
    return group.buy(qty).seeing(s -> s.with(liquidity, null)).send();
  }

  private static Liquidity liquidity(String bid, String ask, String hour, String day) {
    return new Liquidity(
        bid == null ? null : new BigDecimal(bid),
        ask == null ? null : new BigDecimal(ask),
        new BigDecimal(hour),
        new BigDecimal(day));
  }

  @Test
  void r36_an_order_is_at_most_a_share_of_what_was_traded() {
    GroupUnderTest group =
        traded(
            setup().limit("firm", "max_hour_share", "0.1").limit("firm", "max_day_share", "0.01"));
    Liquidity traded = liquidity(null, null, "40", "1000");
    answer(buy(group, "4", traded), Verdict.ALLOW, "4");
    Decision cut = buy(group, "5", traded);
    answer(cut, Verdict.SHRINK, "4", "R36");
    rule("R36", cut).saw("5", "4").because("last hour", "max_hour_share at firm");

    Decision byDay = buy(group, "5", liquidity(null, null, "40", "300"));
    answer(byDay, Verdict.SHRINK, "3", "R36");
    rule("R36", byDay).because("24 hours");
    answer(buy(group, "5", liquidity(null, null, "0", "300")), Verdict.DENY, "0", "R36");
    answer(buy(group, "1", null), Verdict.DENY, "0", "R36");
    rule("R36", buy(group, "1", null)).is(Result.NOT_FED);
  }

  @Test
  void r36_an_order_is_at_most_a_share_of_what_the_quote_shows_on_the_other_side() {
    GroupUnderTest group = traded(setup().limit("firm", "max_quote_share", "2"));
    answer(buy(group, "1", liquidity("9", "3", "1", "1")), Verdict.DENY, "0", "R36");
    group.quote(BTC, "99", "101");
    answer(buy(group, "9", liquidity("9", "3", "1", "1")), Verdict.SHRINK, "6", "R36");
    answer(
        group.sell("20").seeing(s -> s.with(liquidity("9", "3", "1", "1"), null)).send(),
        Verdict.SHRINK,
        "18",
        "R36");
    answer(buy(group, "1", liquidity("9", null, "1", "1")), Verdict.DENY, "0", "R36");
    answer(
        buy(
            traded(setup().limit("firm", "max_quote_share", "2").with("not_fed", "{R36: 'allow'}")),
            "1",
            liquidity("9", null, "1", "1")),
        Verdict.ALLOW,
        "1");
  }

  /** 99 % of a day: 2.326348 standard deviations; 100 a unit at 2 % is 2 a unit. */
  @Test
  void r32_one_position_may_lose_so_much_in_a_day() {
    GroupUnderTest group =
        traded(setup().with("market_worst_case", "'0.000001'").profile("max_var", "46.6"));
    answer(buyAt(group, "10", 0.02), Verdict.ALLOW, "10");
    Decision cut = buyAt(group, "10", 0.02);
    answer(cut, Verdict.SHRINK, "0.015", "R32");
    rule("R32", cut).because("99 %", "max_var at account:demo");

    GroupUnderTest byShortfall =
        traded(
            setup()
                .with("market_worst_case", "'0.000001'")
                .profile("max_var", "46.6")
                .profile("max_es", "46.6"));
    answer(buyAt(byShortfall, "10", 0.02), Verdict.SHRINK, "8.742", "R32");
    rule("R32", buyAt(byShortfall, "10", 0.02)).because("max_es");
  }

  @Test
  void r32_correlations_count_and_without_one_positions_add_up() {
    GroupUnderTest.Setup setup =
        setup().with("market_worst_case", "'0.000001'").profile("max_var", "100");
    GroupUnderTest apart = traded(setup);
    apart.fill("demo", "f", null, ETH, Side.BUY, "20", "50", "0", apart.nowUs());
    rule("R32", apart.buy("10").send()).is(Result.NOT_FED).because("volatility of X:ETH");
    apart.mark(ETH, "50", 0.02);
    // 20 and q 2-a-unit loads: 20 + 2 q = 100 / 2.326348.
    answer(apart.buy("20").send(), Verdict.SHRINK, "11.492", "R32");

    GroupUnderTest hedged =
        traded(setup.with("correlations", "[{a: 'ETH', b: 'BTC', value: '0.5'}]"));
    hedged.fill("demo", "f", null, ETH, Side.BUY, "20", "50", "0", hedged.nowUs());
    hedged.mark(ETH, "50", 0.02);
    answer(hedged.sell("20").send(), Verdict.ALLOW, "20");
    hedged = traded(setup.with("correlations", "[{a: 'ETH', b: 'BTC', value: '0.5'}]"));
    hedged.fill("demo", "f", null, ETH, Side.BUY, "20", "50", "0", hedged.nowUs());
    hedged.mark(ETH, "50", 0.02);
    // 400 + 2 (0.5 x 20) l + l^2 = 42.9858^2 gives l = 29.34.
    answer(hedged.buy("20").send(), Verdict.SHRINK, "14.670", "R32");
  }

  @Test
  void correlations_are_from_minus_one_to_one_and_of_two_assets_once() {
    for (String wrong :
        new String[] {
          "[{a: 'A', b: 'B', value: '1.01'}]",
          "[{a: 'A', b: 'B', value: '-2'}]",
          "[{a: 'A', b: 'A', value: '1'}]",
          "[{a: 'A', b: 'B', value: '1'}, {a: 'B', b: 'A', value: '1'}]"
        }) {
      assertThatThrownBy(() -> setup().with("correlations", wrong).configuration())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("correlations");
    }
  }

  /** The square-root law: at 2 % a day a hundredth of the day's quantity moves the price 0.2 %. */
  @Test
  void r36_an_order_is_expected_to_move_the_price_by_so_much_and_no_more() {
    GroupUnderTest group = traded(setup().limit("venue:X", "max_impact", "0.002"));
    answer(buy(group, "100", liquidity(null, null, "1", "10000")), Verdict.ALLOW, "100");
    Decision cut = buy(group, "101", liquidity(null, null, "1", "10000"));
    answer(cut, Verdict.SHRINK, "100", "R36");
    rule("R36", cut).saw("101", "100").because("move the price by more than max_impact at venue:X");
    answer(buy(group, "100", liquidity(null, null, "1", "2500")), Verdict.SHRINK, "25", "R36");
    answer(buy(group, "1", liquidity(null, null, "0", "0")), Verdict.DENY, "0", "R36");

    Liquidity traded = liquidity(null, null, "1", "10000");
    assertThat(withSigma(group, traded, 0.04).ruling().approvedQty()).isEqualByComparingTo("25");
    assertThat(withSigma(group, traded, 0.0).ruling().approvedQty()).isEqualByComparingTo("100");
    rule("R36", withSigma(group, traded, null)).is(Result.NOT_FED).because("daily volatility");
    assertThat(withSigma(group, traded, null).ruling().approvedQty()).isZero();
  }

  private static Decision withSigma(GroupUnderTest group, Liquidity liquidity, Double sigma) {
    return group.buy("100").seeing(s -> moving(s, sigma).with(liquidity, null)).send();
  }

  /** 400 + 2 (0.5 x 20) l + l^2 = 42.9858^2 gives l = 29.34, as where 0.5 is configured. */
  @Test
  void r32_an_estimate_counts_where_nothing_is_configured_while_it_is_no_older_than_a_day() {
    GroupUnderTest group =
        traded(setup().with("market_worst_case", "'0.000001'").profile("max_var", "100"));
    group.fill("demo", "f", null, ETH, Side.BUY, "20", "50", "0", group.nowUs());
    group.mark(ETH, "50", 0.02);
    answer(group.buy("20").id("a").send(), Verdict.SHRINK, "11.492", "R32");
    group.status("a", io.sluice.domain.wire.OrderStatus.Status.CANCELLED, "0");
    group.correlated("ETH", "BTC", "0.5");
    answer(group.buy("20").id("b").send(), Verdict.SHRINK, "14.670", "R32");
    group.status("b", io.sluice.domain.wire.OrderStatus.Status.CANCELLED, "0");
    group.advance(GroupUnderTest.DAY + 1);
    group.mark(ETH, "50", 0.02);
    group.trade(BTC, "100");
    answer(group.buy("20").send(), Verdict.SHRINK, "11.492", "R32");
  }
}
