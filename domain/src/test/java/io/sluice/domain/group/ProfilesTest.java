package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.PackagedProfile.breaches;
import static io.sluice.domain.group.PackagedProfile.under;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Profile;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged profiles: their breakers at their own numbers, their sizes, stops and targets. */
class ProfilesTest {
  /** Long 100 at 100, all of the equity: a point of price is a hundredth of it. */
  private static GroupUnderTest long100(String profile) {
    GroupUnderTest group = under(profile).start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "100", "100");
    return group;
  }

  @ParameterizedTest
  @ValueSource(strings = {"adaptive", "scalper", "copy-trading", "guarded"})
  void each_is_complete_and_reads_back_as_it_was_written(String name) {
    Configuration configuration = under(name).configuration();
    Profile profile = configuration.profiles().get(name);
    for (LimitKey key : LimitKey.values()) {
      assertThat(!key.isRequired() || profile.get(key) != null).as(key.key()).isTrue();
    }
    GroupUnderTest group = under(name).start();
    group.trade(BTC, "100");
    rule("R02", group.buy("1").confident(0.9).send()).is(Result.PASS);
    assertThat(group.state().configuration.profiles().get(name)).isEqualTo(profile);
  }

  @ParameterizedTest
  @CsvSource({
    "adaptive, 95.01, 95, max_daily_loss DENY",
    "scalper, 99.01, 99, max_drawdown WARN",
    "copy-trading, 97.01, 97, max_daily_loss HALT",
    "guarded, 98.01, 98, max_daily_loss HALT"
  })
  void the_profile_s_own_breaker_is_the_first_to_fire_and_at_its_own_number(
      String profile, String before, String at, String breach) {
    GroupUnderTest group = long100(profile);
    group.trade(BTC, before);
    assertThat(breaches(group)).isEmpty();
    group.trade(BTC, at);
    assertThat(breaches(group)).containsExactly(breach);
  }

  @Test
  void the_scalper_s_day_halts_at_two_percent_and_its_drawdown_reduces_at_ten() {
    GroupUnderTest group = long100("scalper");
    group.trade(BTC, "98.01");
    assertThat(breaches(group)).containsExactly("max_drawdown WARN");
    group.trade(BTC, "98");
    assertThat(breaches(group)).containsExactly("max_drawdown WARN", "max_daily_loss HALT");
    for (int day = 1; day <= 8; day++) {
      group.clock(DAY);
      group.trade(BTC, String.valueOf(98 - day));
    }
    assertThat(breaches(group)).last().isEqualTo("max_drawdown REDUCING");
  }

  @Test
  void adaptive_reduces_at_ten_percent_drawdown_whatever_the_days_lost() {
    GroupUnderTest group = long100("adaptive");
    group.trade(BTC, "96");
    group.clock(DAY);
    group.trade(BTC, "92");
    group.clock(DAY);
    group.trade(BTC, "90.01");
    assertThat(breaches(group)).isEmpty();
    group.trade(BTC, "90");
    assertThat(breaches(group)).containsExactly("max_drawdown REDUCING");
  }

  @Test
  void copy_trading_rearms_within_the_day_stops_the_day_and_then_the_account() {
    GroupUnderTest group = long100("copy-trading");
    group.trade(BTC, "97");
    group.clock(HOUR);
    group.trade(BTC, "95.5");
    assertThat(breaches(group)).as("450 today, 150 since it was armed again").hasSize(1);
    group.trade(BTC, "95");
    assertThat(breaches(group)).hasSize(2);
    group.clock(HOUR);
    group.trade(BTC, "94");
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);

    GroupUnderTest slow = long100("copy-trading");
    for (int price = 98; price >= 85; price--) {
      slow.clock(DAY);
      slow.trade(BTC, String.valueOf(price));
    }
    assertThat(breaches(slow)).containsExactly("max_drawdown REDUCING");
    assertThat(slow.events(Event.Type.TRADING_HALTED)).hasSize(1);
    for (int price = 84; price >= 80; price--) {
      slow.clock(DAY);
      slow.trade(BTC, String.valueOf(price));
    }
    assertThat(breaches(slow)).containsExactly("max_drawdown REDUCING", "max_drawdown HALT");
  }

  @Test
  void guarded_reduces_a_week_at_three_percent_and_halts_at_five_drawn_down() {
    GroupUnderTest group = long100("guarded");
    group.trade(BTC, "98.5");
    group.clock(DAY);
    group.trade(BTC, "97");
    assertThat(breaches(group)).containsExactly("max_weekly_loss REDUCING");
    group.clock(DAY);
    group.trade(BTC, "95.5");
    group.clock(DAY);
    group.trade(BTC, "95");
    assertThat(breaches(group)).containsExactly("max_weekly_loss REDUCING", "max_drawdown HALT");
    group.clock(30 * DAY);
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  private static GroupUnderTest at50000() {
    GroupUnderTest group = under("guarded").with("market_worst_case", "'0.000001'").start();
    group.trade(BTC, "50000");
    return group;
  }

  @Test
  void golden_case_of_the_ladder_and_the_risk_score() {
    GroupUnderTest group = at50000();
    Decision decision = group.buy("0.012").limit("50000").confident(0.75).send();
    answer(decision, Verdict.ALLOW, "0.012");
    assertThat(decision.ruling().riskScore()).isCloseTo(0.145, within(1e-12));
    rule("P04", decision).is(Result.PASS).saw("0.012", "0.012");
    rule("P05", decision).is(Result.PASS).saw("0.145", "0.6");

    answer(at50000().buy("0.02").limit("50000").confident(0.95).send(), Verdict.ALLOW, "0.02");
    answer(
        at50000().buy("0.02").limit("50000").confident(0.75).send(),
        Verdict.SHRINK,
        "0.012",
        "P04");
    answer(
        at50000().buy("0.02").limit("50000").confident(0.5).send(), Verdict.SHRINK, "0.004", "P04");
    answer(at50000().buy("0.02").limit("50000").send(), Verdict.SHRINK, "0.004", "P04");
  }

  @Test
  void golden_case_of_the_risk_cap() {
    GroupUnderTest group = at50000();
    Decision decision = group.buy("1").limit("50000").confident(0.95).send();
    rule("P02", decision).is(Result.LIMITED).saw("0.1", "0.01").permits("0.1");
    answer(decision, Verdict.SHRINK, "0.02", "P02", "P04", "R08", "R09");
  }

  @Test
  void portfolio_risk_adds_up_what_is_open_and_what_is_reserved_each_at_its_own_stop() {
    GroupUnderTest group = under("adaptive").start();
    group.trade(BTC, "100");
    group.trade(GroupUnderTest.ETH, "100");
    group.mark(BTC, "100", 0.02);
    group.mark(GroupUnderTest.ETH, "100", 0.01);
    group.fill(null, Side.BUY, "40", "100");
    group.fill("e", null, GroupUnderTest.ETH, Side.BUY, "119", "100", "0");
    Decision decision = group.buy("1").limit("100").confident(0.9).send();
    rule("P02", decision).is(Result.PASS).saw("0.0082", "0.01");
    rule("P03", decision).is(Result.LIMITED).saw("0.0201", "0.02").permits("0.5");
    Decision second = group.buy("0.5").limit("100").confident(0.9).send();
    rule("P03", second).is(Result.REFUSED).saw("0.0201", "0.02");
  }

  @Test
  void without_a_volatility_the_loss_at_a_stop_of_volatilities_cannot_be_told() {
    GroupUnderTest group = under("adaptive").start();
    group.mark(BTC, "20");
    Decision decision = group.buy("1").confident(0.9).seeing(s -> seen(group, null)).send();
    rule("P02", decision).is(Result.REFUSED).because("cannot be told");
  }

  /** A market at 20 with this daily volatility. */
  private static Snapshot seen(GroupUnderTest group, Double sigmaDaily) {
    return new Snapshot(
        new BigDecimal("20"),
        group.nowUs(),
        null,
        null,
        null,
        null,
        null,
        sigmaDaily,
        List.of(),
        false,
        false,
        group.nowUs());
  }

  @Test
  void a_low_confidence_opens_nothing_and_a_risky_order_is_halved_or_denied() {
    GroupUnderTest group = under("adaptive").start();
    group.trade(BTC, "100");
    rule("S03", group.buy("1").confident(0.69).send()).is(Result.REFUSED);
    rule("S03", group.buy("0.5").confident(0.7).send()).is(Result.PASS);
    group.fill(null, Side.BUY, "5", "100");
    rule("P05", group.buy("99").confident(0.71).send()).is(Result.PASS);
    answer(group.sell("1").confident(0).send(), Verdict.ALLOW, "1");
    group.trade(BTC, "20");
    Decision halved = group.buy("400").confident(0.2).send();
    rule("P05", halved).is(Result.LIMITED).permits("200");
    Decision denied = group.buy("400").confident(0).seeing(s -> seen(group, 0.1)).send();
    rule("P05", denied).is(Result.REFUSED).permits("0").because("deny_above");
  }

  private static GroupUnderTest copyTrading(GroupUnderTest.Setup setup) {
    GroupUnderTest group =
        setup
            .with(
                "instruments",
                "[{id: 'X:BTC', base: 'BTC', quote: 'USD', tick: '0.001', lot: '0.001',"
                    + " min_qty: '0.001', max_qty: '1000000', min_notional: '1'}]")
            .start();
    group.trade(BTC, "0.50");
    return group;
  }

  @Test
  void golden_case_of_stop_and_target() {
    GroupUnderTest group = copyTrading(under("copy-trading"));
    Decision decision = group.buy("100").limit("0.50").id("in").send();
    assertThat(decision.stopLoss()).isEqualByComparingTo("0.45");
    assertThat(decision.takeProfit()).isEqualByComparingTo("0.625");
    group.fill("in", Side.BUY, "100", "0.50");
    group.advance(1).mark(BTC, "0.40");

    assertThat(group.decisions()).hasSize(2);
    Decision exit = group.decisions().get(1);
    assertThat(exit.origin()).isEqualTo(Decision.Origin.STOP);
    assertThat(exit.side()).isEqualTo(Side.SELL);
    assertThat(exit.reduceOnly()).isTrue();
    assertThat(exit.ruling().approvedQty()).isEqualByComparingTo("100");
    assertThat(new String(group.events(Event.Type.EXIT).get(0).detail(), StandardCharsets.UTF_8))
        .startsWith("{\"action\":\"STOP_LOSS\"");
  }

  @Test
  void a_short_is_stopped_above_and_taken_home_below() {
    GroupUnderTest group = copyTrading(under("copy-trading"));
    Decision decision = group.sell("100").limit("0.50").id("in").send();
    assertThat(decision.stopLoss()).isEqualByComparingTo("0.55");
    assertThat(decision.takeProfit()).isEqualByComparingTo("0.375");
    group.fill("in", Side.SELL, "100", "0.50");
    group.advance(1).mark(BTC, "0.376");
    group.advance(1).mark(BTC, "0.375");
    assertThat(new String(group.events(Event.Type.EXIT).get(0).detail(), StandardCharsets.UTF_8))
        .startsWith("{\"action\":\"TAKE_PROFIT\"");
    assertThat(group.decisions().get(1).side()).isEqualTo(Side.BUY);
  }

  @Test
  void a_price_that_comes_back_too_far_from_its_best_ends_the_position() {
    GroupUnderTest group = copyTrading(under("copy-trading"));
    group.buy("100").limit("0.50").id("in").send();
    group.fill("in", Side.BUY, "100", "0.50");
    for (String price : new String[] {"0.52", "0.60", "0.571"}) {
      group.advance(1).mark(BTC, price);
      assertThat(group.events(Event.Type.EXIT)).as(price).isEmpty();
    }
    group.advance(1).mark(BTC, "0.57");
    assertThat(new String(group.events(Event.Type.EXIT).get(0).detail(), StandardCharsets.UTF_8))
        .startsWith("{\"action\":\"TRAILING_STOP\"");
  }

  @ParameterizedTest
  @CsvSource({"adaptive, REDUCE_ONLY", "copy-trading, HALT", "guarded, HALT", "scalper, HALT"})
  void a_flash_crash_is_answered_as_the_profile_says(String profile, Verdict verdict) {
    GroupUnderTest group = under(profile).start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "1", "100");
    group.crashed(BTC, true);
    Decision decision = group.sell("1").confident(0.9).send();
    assertThat(decision.ruling().verdict()).isEqualTo(verdict);
    assertThat(group.decisions().get(0).origin())
        .isEqualTo(profile.equals("scalper") ? Decision.Origin.STOP : Decision.Origin.STRATEGY);
  }
}
