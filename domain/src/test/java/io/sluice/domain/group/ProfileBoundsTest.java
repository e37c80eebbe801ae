package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.PackagedProfile.breaches;
import static io.sluice.domain.group.PackagedProfile.under;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sizes and exposures of the packaged profiles: each bound is reached inside its profile, and
 * binds at its own number. Prices are 100 and equity is 10,000, so that one unit is 1 % of it.
 */
class ProfileBoundsTest {
  private static String instrument(String venue, String asset) {
    return "{id: '"
        + venue
        + ":"
        + asset
        + "', base: '"
        + asset
        + "', quote: 'USD', tick: '0.01', lot: '0.001',"
        + " min_qty: '0.001', max_qty: '1000000', min_notional: '1'}";
  }

  /** Instruments X:A1, X:A2 and so on, each of an asset of its own, at 100. */
  private static GroupUnderTest market(GroupUnderTest.Setup setup, int instruments) {
    GroupUnderTest group =
        setup
            .with(
                "instruments",
                IntStream.rangeClosed(1, instruments)
                    .mapToObj(i -> instrument("X", "A" + i))
                    .collect(Collectors.joining(",", "[", "]")))
            .start();
    for (int i = 1; i <= instruments; i++) {
      group.trade("X:A" + i, "100");
    }
    return group;
  }

  /** The account holds this much of each of the instruments from the first to the last. */
  private static void hold(GroupUnderTest group, Side side, String qty, int first, int last) {
    for (int i = first; i <= last; i++) {
      group.fill("f" + i, null, "X:A" + i, side, qty, "100", "0");
    }
  }

  private static GroupUnderTest.Wish buy(GroupUnderTest group, String qty, int instrument) {
    return group.buy(qty).limit("100").confident(0.95).in("X:A" + instrument);
  }

  private static GroupUnderTest.Wish sell(GroupUnderTest group, String qty, int instrument) {
    return group.sell(qty).limit("100").confident(0.95).in("X:A" + instrument);
  }

  @Test
  void the_scalper_holds_5_percent_of_an_instrument_and_10_of_an_asset() {
    GroupUnderTest group =
        under("scalper")
            .with(
                "instruments",
                "["
                    + String.join(
                        ",", instrument("X", "BTC"), instrument("Y", "BTC"), instrument("Z", "BTC"))
                    + "]")
            .start();
    for (String instrument : List.of(BTC, "Y:BTC", "Z:BTC")) {
      group.trade(instrument, "100");
    }
    Decision first = group.buy("5.1").limit("100").confident(0.6).send();
    answer(first, Verdict.SHRINK, "5", "R08");
    rule("R08", first).saw("510", "500");
    answer(
        group.buy("5").limit("100").confident(0.6).in("Y:BTC").send(),
        Verdict.SHRINK,
        "3.5",
        "P08");
    group.fill("y", null, "Y:BTC", Side.BUY, "1.5", "100", "0");
    Decision third = group.buy("1").limit("100").confident(0.6).in("Z:BTC").send();
    rule("R11", third).is(Result.REFUSED).saw("1100", "1000");
    rule("R08", third).is(Result.PASS);
    rule("R09", third).is(Result.PASS);
  }

  @Test
  void the_scalper_changes_a_position_by_10_percent_in_one_order_as_a_flip_may() {
    GroupUnderTest group = market(under("scalper"), 1);
    hold(group, Side.SELL, "5", 1, 1);
    answer(buy(group, "10", 1).send(), Verdict.ALLOW, "10");
    GroupUnderTest other = market(under("scalper"), 1);
    hold(other, Side.SELL, "6", 1, 1);
    answer(buy(other, "10.5", 1).send(), Verdict.SHRINK, "10", "R04");
  }

  @Test
  void the_scalper_is_net_long_80_percent_short_20_and_gross_100() {
    GroupUnderTest group = market(under("scalper"), 24);
    hold(group, Side.BUY, "5", 1, 16);
    rule("R10", buy(group, "1", 17).send()).is(Result.REFUSED).saw("8100", "8000");
    rule("R09", buy(group, "1", 17).send()).is(Result.PASS);
    hold(group, Side.SELL, "5", 17, 20);
    Decision decision = buy(group, "1", 21).send();
    rule("R09", decision).is(Result.REFUSED).saw("10100", "10000");
    rule("R10", decision).is(Result.PASS).saw("6100", "8000");

    GroupUnderTest shorts = market(under("scalper"), 5);
    hold(shorts, Side.SELL, "5", 1, 4);
    rule("R10", sell(shorts, "1", 5).send()).is(Result.REFUSED).saw("2100", "2000");
  }

  @Test
  void the_scalper_uses_80_percent_of_its_leverage() {
    GroupUnderTest group = market(under("scalper", "10000", "1"), 17);
    hold(group, Side.BUY, "5", 1, 13);
    hold(group, Side.SELL, "5", 14, 16);
    Decision decision = buy(group, "1", 17).send();
    rule("P11", decision).is(Result.REFUSED).saw("8100", "8000").because("max_leverage_use");
    rule("R09", decision).is(Result.PASS);
    rule("R20", decision).is(Result.PASS);
    rule("P11", sell(group, "1", 13).send()).is(Result.PASS);
  }

  @ParameterizedTest
  @CsvSource({"0.6, 0, 2", "0.61, 1, 2", "0.8, 1, 2", "0.81, 1, 1.4", "-0.9, 0, 2"})
  void the_scalper_is_warned_above_a_correlation_of_06_and_cut_to_07_above_08(
      String correlation, int warnings, String approved) {
    GroupUnderTest group =
        under("scalper")
            .with("correlations", "[{a: 'BTC', b: 'ETH', value: '" + correlation + "'}]")
            .start();
    group.trade(BTC, "100");
    group.trade(ETH, "100");
    group.fill(null, Side.BUY, "2", "100");
    Decision decision = group.buy("2").limit("100").confident(0.9).in(ETH).send();
    assertThat(decision.ruling().approvedQty()).isEqualByComparingTo(approved);
    assertThat(decision.ruling().reasons().contains("P08")).isEqualTo(!approved.equals("2"));
    assertThat(near(group, "correlation")).hasSize(warnings);
    group.sell("1").limit("100").confident(0.9).send();
    group.buy("1").limit("100").confident(0.9).in(ETH).send();
    assertThat(near(group, "correlation")).as("once").hasSize(warnings);
  }

  private static List<String> near(GroupUnderTest group, String limit) {
    return group.events(Event.Type.LIMIT_NEAR).stream()
        .map(event -> new String(event.detail(), StandardCharsets.UTF_8))
        .filter(detail -> detail.contains("\"" + limit + "\""))
        .toList();
  }

  @Test
  void adaptive_reports_the_closest_correlation_and_others_do_not_look() {
    GroupUnderTest group =
        under("adaptive").with("correlations", "[{a: 'BTC', b: 'ETH', value: '0.95'}]").start();
    group.trade(BTC, "100");
    group.trade(ETH, "100");
    group.mark(BTC, "100", 0.02);
    group.fill(null, Side.BUY, "1", "100");
    Decision decision = group.buy("1").limit("100").confident(0.9).in(ETH).send();
    answer(decision, Verdict.ALLOW, "1");
    assertThat(GroupUnderTest.outcome(decision, "P08").observed()).isEqualByComparingTo("0.95");
    GroupUnderTest guarded = market(under("guarded"), 1);
    rule("P08", buy(guarded, "1", 1).send()).is(Result.NOT_FED);
  }

  /** The daily volatility is 2 %. */
  @ParameterizedTest
  @CsvSource({", 98, 104", "99.5, 98, 104", "97, 97, 106", "94, 94, 112", "90, 94, 112"})
  void the_scalper_s_stop_is_1_to_3_volatilities_away_and_the_reward_twice_the_risk(
      String wanted, String stop, String target) {
    GroupUnderTest group = under("scalper").start();
    group.trade(BTC, "100");
    Decision decision = group.buy("1").limit("100").confident(0.9).stop(wanted, "100.1").send();
    assertThat(decision.stopLoss()).isEqualByComparingTo(stop);
    assertThat(decision.takeProfit()).isEqualByComparingTo(target);
  }

  @Test
  void a_short_s_own_stop_counts_above_its_price_and_is_the_one_that_closes_it() {
    GroupUnderTest group = under("scalper").start();
    group.trade(BTC, "100");
    Decision decision =
        group.sell("1").limit("100").confident(0.9).stop("105", "80").id("in").send();
    assertThat(decision.stopLoss()).isEqualByComparingTo("105");
    assertThat(decision.takeProfit()).isEqualByComparingTo("90");
    group.fill("in", Side.SELL, "1", "100");
    group.advance(1).mark(BTC, "104.99");
    assertThat(group.events(Event.Type.EXIT)).isEmpty();
    group.advance(1).mark(BTC, "105");
    assertThat(group.events(Event.Type.EXIT)).hasSize(1);
  }

  @Test
  void adaptive_orders_1_percent_at_a_time_up_to_leverage_3() {
    GroupUnderTest group = market(under("adaptive"), 4);
    answer(buy(group, "2", 1).send(), Verdict.SHRINK, "1", "P04");
    group = market(under("adaptive"), 4);
    // In a calm market of 0.5 % a day the portfolio's risk is 1.5 % at leverage 3.
    for (int i = 1; i <= 4; i++) {
      group.mark("X:A" + i, "100", 0.005);
    }
    hold(group, Side.BUY, "99", 1, 3);
    hold(group, Side.SELL, "2", 4, 4);
    Decision third = sell(group, "1", 4).seeing(seen -> calm(seen, 0.005)).send();
    answer(third, Verdict.ALLOW, "1");
    Decision over = sell(group, "1", 4).seeing(seen -> calm(seen, 0.005)).send();
    rule("R09", over).is(Result.REFUSED).saw("30100", "30000");
    rule("P03", over).is(Result.PASS);
  }

  private static io.sluice.domain.market.Snapshot calm(
      io.sluice.domain.market.Snapshot seen, double sigmaDaily) {
    return new io.sluice.domain.market.Snapshot(
        seen.last(),
        seen.lastEventTimeUs(),
        null,
        null,
        null,
        null,
        null,
        sigmaDaily,
        List.of(),
        false,
        false,
        seen.frontTimeUs());
  }

  @Test
  void adaptive_is_critical_where_the_portfolio_s_risk_reaches_2_5_percent() {
    GroupUnderTest group = under("adaptive").start();
    group.trade(BTC, "100");
    group.mark(BTC, "100", 0.02);
    group.fill(null, Side.BUY, "100", "100");
    group.mark(BTC, "100", 0.0249);
    assertThat(breaches(group)).isEmpty();
    group.mark(BTC, "100", 0.025);
    assertThat(breaches(group)).containsExactly("critical_portfolio_risk WARN");
    assertThat(group.events(Event.Type.BREACH).get(0).severity())
        .isEqualTo(Event.Severity.CRITICAL);
    Decision more = group.buy("1").limit("100").confident(0.9).send();
    rule("P03", more).is(Result.REFUSED);
    rule("P07", more).is(Result.NOT_FED);

    group.mark(BTC, "100", 0.0201);
    assertThat(group.events(Event.Type.RESUME)).isEmpty();
    group.mark(BTC, "100", 0.0199);
    assertThat(group.events(Event.Type.RESUME)).hasSize(1);
    group.mark(BTC, "100", 0.03);
    assertThat(breaches(group)).hasSize(2);
  }

  @Test
  void sizes_adapt_above_a_daily_volatility_of_2_percent_unless_nothing_adapts() {
    for (String profile : List.of("adaptive", "scalper", "guarded")) {
      GroupUnderTest group = market(under(profile), 1);
      Decision calm = buy(group, "1", 1).seeing(seen -> calm(seen, 0.02)).send();
      rule("R29", calm).is(Result.PASS).saw("0.02", "0.02");
      Decision wild = buy(group, "1", 1).seeing(seen -> calm(seen, 0.04)).send();
      rule("R29", wild).is(Result.LIMITED).permits("0.5");
      GroupUnderTest fixed = market(under(profile).with("adaptive", "false"), 1);
      rule("R29", buy(fixed, "1", 1).seeing(seen -> calm(seen, 0.04)).send()).is(Result.PASS);
      Decision unsure = fixed.buy("1").limit("100").confident(0.5).in("X:A1").send();
      rule("S03", unsure).is(profile.equals("guarded") ? Result.NOT_FED : Result.REFUSED);
    }
  }

  @Test
  void copy_trading_holds_500_of_an_instrument_and_5000_in_all() {
    GroupUnderTest group = market(under("copy-trading"), 12);
    answer(buy(group, "6", 1).send(), Verdict.SHRINK, "5", "R08");
    hold(group, Side.BUY, "5.5", 2, 9);
    Decision decision = buy(group, "2", 10).send();
    rule("R09", decision).is(Result.LIMITED).saw("5100", "5000").permits("1");
  }

  @Test
  void guarded_holds_10_percent_of_an_instrument_and_80_in_all() {
    GroupUnderTest group = market(under("guarded"), 10);
    rule("R08", buy(group, "11", 1).send()).is(Result.LIMITED).saw("1100", "1000").permits("10");
    hold(group, Side.BUY, "10", 2, 8);
    Decision last = buy(group, "1", 9).send();
    rule("R09", last).is(Result.REFUSED).saw("8100", "8000");
  }

  @Test
  void guarded_opens_nothing_below_100_also_where_it_is_cut_to_that() {
    GroupUnderTest group = market(under("guarded"), 3);
    answer(buy(group, "1", 1).send(), Verdict.ALLOW, "1");
    Decision small = buy(group, "0.999", 2).send();
    answer(small, Verdict.DENY, "0", "P06");
    assertThat(GroupUnderTest.outcome(small, "P06").observed()).isEqualByComparingTo("99.9");
    assertThat(GroupUnderTest.outcome(small, "P06").headroom()).isEqualByComparingTo("-0.1");

    // Of 4,000 a position is 400, and an order without confidence a fifth of that.
    GroupUnderTest poor = market(under("guarded", "4000", "10"), 1);
    answer(poor.buy("5").limit("100").in("X:A1").send(), Verdict.DENY, "0", "P04", "R08");
    GroupUnderTest fair = market(under("guarded", "5000", "10"), 1);
    answer(fair.buy("4").limit("100").in("X:A1").send(), Verdict.SHRINK, "1", "P04");

    hold(group, Side.BUY, "0.4", 3, 3);
    answer(sell(group, "0.4", 3).send(), Verdict.ALLOW, "0.4");
    answer(sell(group, "0.9", 3).send(), Verdict.DENY, "0", "P06");
  }

  private static Decision buys(GroupUnderTest group, String strategy, int instrument) {
    return group
        .buy("4")
        .limit("100")
        .strategy(strategy)
        .id(strategy + instrument)
        .in("X:A" + instrument)
        .send();
  }

  @Test
  void copy_trading_has_3_positions_a_strategy_2_an_instrument_and_10_in_all() {
    GroupUnderTest group = market(under("copy-trading"), 12);
    for (int i = 1; i <= 3; i++) {
      answer(buys(group, "a", i), Verdict.ALLOW, "4");
    }
    Decision fourth = buys(group, "a", 4);
    answer(fourth, Verdict.DENY, "0", "P09", "P10");
    rule("P09", fourth).saw("4", "3").because("max_strategy_positions");

    answer(buys(group, "b", 1), Verdict.SHRINK, "1", "R08");
    rule("P09", buys(group, "c", 1))
        .is(Result.REFUSED)
        .saw("3", "2")
        .because("max_instrument_positions");

    for (int i = 4; i <= 9; i++) {
      answer(buys(group, i <= 6 ? "d" : "e", i), Verdict.ALLOW, "4");
    }
    Decision eleventh = buys(group, "f", 10);
    answer(eleventh, Verdict.DENY, "0", "P09");
    rule("P09", eleventh).saw("11", "10").because("max_positions");
    rule("R09", eleventh).is(Result.PASS);

    assertThat(group.book().positions().count()).isEqualTo(10);
    group.fill("e9", "e9", "X:A9", Side.BUY, "4", "100", "0");
    group.fill("x", null, "X:A9", Side.SELL, "4", "100", "0");
    assertThat(group.book().positions().count()).isEqualTo(9);
    answer(buys(group, "f", 11), Verdict.ALLOW, "4");
  }

  @Test
  void a_portfolio_without_equity_has_too_much_risk_whatever_it_is() {
    GroupUnderTest group = under("adaptive").start();
    group.trade(BTC, "100");
    group.mark(BTC, "100", 0.0001);
    group.fill(null, Side.BUY, "200", "100");
    group.mark(BTC, "100", 0.0001);
    assertThat(breaches(group)).isEmpty();
    group.mark(BTC, "1", 0.0001);
    assertThat(group.book().equity()).isNegative();
    assertThat(breaches(group)).contains("critical_portfolio_risk WARN");
  }

  @Test
  void a_fill_that_names_no_strategy_is_that_of_its_order() {
    GroupUnderTest group = market(under("copy-trading"), 4);
    Decision first = buys(group, "a", 1);
    group.fold(
        "fills",
        new Fill(
            "nameless",
            first.intentId(),
            "demo",
            null,
            first.instrument(),
            Side.BUY,
            first.ruling().approvedQty(),
            new BigDecimal("100"),
            BigDecimal.ZERO,
            "USD",
            group.nowUs()),
        null);
    group.status(first.intentId(), OrderStatus.Status.DONE, "4");
    assertThat(group.book().positions().of("a")).isEqualTo(1);
  }

  @Test
  void copy_trading_opens_1500_a_day_and_strategy_whatever_it_closes() {
    GroupUnderTest group = market(under("copy-trading"), 4);
    for (int i = 1; i <= 3; i++) {
      buys(group, "a", i);
      group.fill("fill" + i, "a" + i, "X:A" + i, Side.BUY, "4", "100", "0");
      Decision closing =
          group.sell("4").limit("100").strategy("a").in("X:A" + i).id("c" + i).send();
      answer(closing, Verdict.ALLOW, "4");
      group.fill("close" + i, "c" + i, "X:A" + i, Side.SELL, "4", "100", "0");
    }
    Decision fourth = buys(group, "a", 4);
    answer(fourth, Verdict.SHRINK, "3", "P10");
    rule("P10", fourth).saw("1600", "1500");
    answer(
        group.buy("1").limit("100").strategy("a").id("e").in("X:A1").send(),
        Verdict.DENY,
        "0",
        "P10");
    answer(group.buy("1").limit("100").strategy("b").id("b").in("X:A1").send(), Verdict.ALLOW, "1");

    group.clock(GroupUnderTest.DAY);
    for (int i = 1; i <= 4; i++) {
      group.trade("X:A" + i, "100");
    }
    answer(group.buy("1").limit("100").strategy("a").id("n").in("X:A1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_larger_amendment_takes_what_it_adds() {
    GroupUnderTest limited =
        under("copy-trading")
            .with("limits", "[{scope: 'account:demo', max_daily_allocation: '400'}]")
            .start();
    limited.trade(BTC, "100");
    answer(limited.buy("3").limit("100").id("o").send(), Verdict.ALLOW, "3");
    answer(limited.amend("o").qty("5").send(), Verdict.SHRINK, "4", "P10");
    limited.status("o", io.sluice.domain.wire.OrderStatus.Status.CANCELLED, "0");
    answer(limited.buy("1").limit("100").send(), Verdict.DENY, "0", "P10");
  }

  /** Between one and three daily volatilities of 2 % an intent may choose its stop. */
  @Test
  void an_order_that_flips_a_position_sets_its_stop_and_one_that_reduces_it_does_not() {
    GroupUnderTest group =
        GroupUnderTest.setup()
            .profile("exits", "{stop_sigmas: '1', max_stop_sigmas: '3'}")
            .storing()
            .start();
    group.trade(BTC, "100");
    group.buy("5").id("in").limit("100").stop("97", null).send();
    group.fill("in", Side.BUY, "5", "100");
    assertThat(group.book().holding(BTC).stopDistance()).isEqualByComparingTo("0.03");

    group.sell("2").id("part").limit("100").stop("106", null).send();
    group.fill("part", Side.SELL, "2", "100");
    assertThat(group.book().holding(BTC).stopDistance()).isEqualByComparingTo("0.03");

    group.sell("8").id("flip").limit("100").stop("105", null).send();
    group.fill("flip", Side.SELL, "8", "100");
    assertThat(group.position(BTC)).isEqualByComparingTo("-5");
    assertThat(group.book().holding(BTC).stopDistance()).isEqualByComparingTo("0.05");
    group.trade(BTC, "104.99");
    assertThat(group.events(Event.Type.EXIT)).isEmpty();
    group.trade(BTC, "105");
    assertThat(group.events(Event.Type.EXIT)).hasSize(1);
  }
}
