package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import org.junit.jupiter.api.Test;

/** R21, R22, R23, R30 and K01: what stops trading, and what lets it go on. */
class BreakerRulesTest {
  /** One long position of 10 at 100. */
  private static GroupUnderTest long10(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    return group;
  }

  /** A round trip that loses 1. */
  private static void lose(GroupUnderTest group) {
    group.fill(null, Side.BUY, "1", "100");
    group.fill(null, Side.SELL, "1", "99");
  }

  private static void win(GroupUnderTest group) {
    group.fill(null, Side.BUY, "1", "100");
    group.fill(null, Side.SELL, "1", "101");
  }

  private static GroupUnderTest flat(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    return group;
  }

  @Test
  void r21_trips_at_the_bound_and_denies_until_the_next_utc_day() {
    GroupUnderTest group = long10(setup().limit("firm", "max_daily_loss", "50"));
    group.trade(BTC, "95.01");
    rule("R21", group.buy("1").send()).is(Result.PASS).saw("49.9", "50");

    group.trade(BTC, "95");
    Decision denied = group.sell("1").send();
    rule("R21", denied).is(Result.REFUSED).saw("50", "50").permits("0").because("firm", "DENY");
    answer(denied, Verdict.DENY, "0", "R21");
    assertThat(group.events(Event.Type.BREACH)).hasSize(1);

    group.trade(BTC, "100");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R21");
    assertThat(group.state().nextCrossingUs()).isEqualTo(GroupUnderTest.START_US + 12 * HOUR);

    group.clock(12 * HOUR - 1);
    answer(group.sell("1").send(), Verdict.DENY, "0", "R21");
    group.clock(1);
    answer(group.sell("1").send(), Verdict.ALLOW, "1");
    assertThat(group.events(Event.Type.RESUME)).hasSize(1);
  }

  @Test
  void r21_counts_losses_from_where_the_day_began() {
    GroupUnderTest group = long10(setup().limit("firm", "max_daily_loss", "50"));
    group.trade(BTC, "96");
    group.clock(DAY);
    group.trade(BTC, "92");

    rule("R21", group.buy("1").send()).is(Result.PASS).saw("40", "50");
  }

  @Test
  void r22_reduces_from_the_bound_on_until_a_person_resumes() {
    GroupUnderTest group = long10(setup().limit("firm", "max_drawdown", "0.01"));
    group.trade(BTC, "110");
    group.trade(BTC, "100");
    rule("R22", group.buy("1").send()).is(Result.PASS);
    assertThat(group.state().deepestDrawdown(Scope.FIRM)).isLessThan(new java.math.BigDecimal(1));

    group.trade(BTC, "99");
    rule("R22", group.buy("1").send())
        .is(Result.REFUSED)
        .permits("0")
        .because("max_drawdown", "person");
    answer(group.sell("4").send(), Verdict.REDUCE_ONLY, "4");
    answer(group.sell("20").send(), Verdict.REDUCE_ONLY, "6", "R22");
    group.clock(30 * DAY);
    group.trade(BTC, "105");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");

    group.command("RESUME", "firm", "{}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.state().aggregates().peakEquity(Scope.FIRM))
        .isEqualByComparingTo(group.state().aggregates().equity(Scope.FIRM));
  }

  @Test
  void r22_trips_exactly_at_the_bound() {
    GroupUnderTest below = long10(setup().limit("firm", "max_drawdown", "0.01"));
    below.trade(BTC, "90.01");
    rule("R22", below.buy("1").send()).is(Result.PASS);

    GroupUnderTest at = long10(setup().limit("firm", "max_drawdown", "0.01"));
    at.trade(BTC, "90");
    rule("R22", at.buy("1").send()).is(Result.REFUSED).saw("0.01", "0.01");
  }

  @Test
  void each_scope_has_its_own_breach() {
    String accounts =
        """
        [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
          leverage: '10', desk: 'd'},
         {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
          leverage: '10'}]
        """;
    GroupUnderTest group =
        long10(setup().with("accounts", accounts).limit("desk:d", "max_daily_loss", "50"));
    group.trade(BTC, "90");

    answer(group.buy("1").send(), Verdict.DENY, "0", "R21");
    answer(group.buy("1").account("other").send(), Verdict.ALLOW, "1");
  }

  @Test
  void one_s_gain_is_the_other_s_loss_within_a_mark() {
    String accounts =
        """
        [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
          leverage: '10'},
         {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
          leverage: '10'}]
        """;
    GroupUnderTest group =
        long10(setup().with("accounts", accounts).limit("firm", "max_daily_loss", "50"));
    group.fill("other", "f", null, BTC, Side.SELL, "10", "100", "0", group.nowUs());
    group.trade(BTC, "50");

    rule("R21", group.buy("1").send()).is(Result.PASS).saw("0", "50");
    assertThat(group.events()).isEmpty();
  }

  @Test
  void r23_halts_for_sixty_minutes_after_a_run_of_losses() {
    GroupUnderTest group = flat(setup().profile("max_consecutive_losses", "3"));
    lose(group);
    lose(group);
    rule("R23", group.buy("1").send()).is(Result.PASS).saw("2", "3");
    lose(group);

    Decision halted = group.buy("1").send();
    rule("R23", halted).is(Result.REFUSED).saw("3", "3").permits("0");
    answer(halted, Verdict.HALT, "0", "R23");
    assertThat(group.events(Event.Type.CONSECUTIVE_LOSSES)).hasSize(1);
    assertThat(group.events(Event.Type.HALT)).hasSize(1);

    group.clock(HOUR - 1);
    answer(group.buy("1").send(), Verdict.HALT, "0", "R23");
    group.clock(1);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r23_each_further_loss_of_the_run_halts_again_and_a_win_ends_the_run() {
    GroupUnderTest group = flat(setup().profile("max_consecutive_losses", "2"));
    lose(group);
    lose(group);
    group.clock(HOUR);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    lose(group);
    answer(group.buy("1").send(), Verdict.HALT, "0", "R23");
    group.clock(HOUR);
    win(group);
    lose(group);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.events(Event.Type.CONSECUTIVE_LOSSES)).hasSize(1);
  }

  @Test
  void r23_a_bound_that_is_tightened_below_the_run_halts_at_once() {
    GroupUnderTest group = flat(setup().profile("max_consecutive_losses", "5"));
    for (int i = 0; i < 4; i++) {
      lose(group);
    }
    answer(group.buy("1").send(), Verdict.ALLOW, "1");

    group.command("SET_LIMITS", "account:demo", "{max_consecutive_losses: '3'}");
    answer(group.buy("1").send(), Verdict.HALT, "0", "R23");
    group.clock(HOUR);
    group.command("SET_LIMITS", "account:demo", "{max_qty: '3'}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void resuming_a_run_of_losses_starts_a_new_one() {
    GroupUnderTest group = flat(setup().profile("max_consecutive_losses", "2"));
    lose(group);
    lose(group);
    group.command("RESUME", "account:demo", "{}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    lose(group);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    lose(group);
    answer(group.buy("1").send(), Verdict.HALT, "0", "R23");
  }

  @Test
  void a_milder_tier_does_not_put_off_a_stricter_one() {
    GroupUnderTest group =
        long10(
            setup()
                .profile("max_drawdown", "{bound: '0.01', then: 'reducing', release: 'person'}")
                .limit(
                    "account:demo",
                    "max_drawdown",
                    "{bound: '0.02', then: 'halt', release: 'person'}"));
    group.trade(BTC, "90");
    answer(group.sell("1").send(), Verdict.REDUCE_ONLY, "1");
    group.trade(BTC, "80");
    answer(group.sell("1").send(), Verdict.HALT, "0", "R22");
  }

  @Test
  void the_loss_of_a_position_without_a_price_cannot_be_told_so_only_reducing_passes() {
    GroupUnderTest group = flat(setup().limit("firm", "max_daily_loss", "50"));
    group.fill("f-eth", null, ETH, Side.BUY, "5", "10", "0");

    rule("R21", group.buy("1").send()).is(Result.REFUSED).because("cannot be told");
    group.trade(ETH, "10");
    rule("R21", group.buy("1").send()).is(Result.PASS);
  }

  @Test
  void r30_passes_only_what_reduces_while_a_crash_lasts() {
    GroupUnderTest group = long10(setup());
    group.crashed(BTC, true);

    rule("R30", group.buy("1").send()).is(Result.REFUSED).saw("1", "0").permits("0");
    answer(group.sell("4").send(), Verdict.REDUCE_ONLY, "4");
    answer(group.sell("10").send(), Verdict.REDUCE_ONLY, "6", "R30");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R30");
    group.crashed(BTC, false);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r30_opens_nothing_from_flat() {
    GroupUnderTest group = flat(setup());
    group.crashed(BTC, true);

    answer(group.buy("1").send(), Verdict.DENY, "0", "R30");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R30");
  }

  @Test
  void k01_halts_a_scope_and_nothing_else() {
    GroupUnderTest group =
        long10(
            setup()
                .with(
                    "accounts",
                    "[{id: 'demo', desk: 'd', profile: 'p', currency: 'USD', kind: 'margin',"
                        + " cash: '10000', leverage: '10'}]"));
    for (String scope :
        new String[] {
          "desk:d", "account:demo", "strategy:demo/s", "instrument:X:BTC", "venue:X", "firm"
        }) {
      group.command("HALT", scope, "{}");
      Decision halted = group.sell("1").send();
      answer(halted, Verdict.HALT, "0", "K01");
      rule("K01", halted).is(Result.REFUSED).permits("0").because(scope);
      group.command("RESUME", scope, "{}");
      answer(group.sell("0.001").limit("1000").send(), Verdict.ALLOW, "0.001");
    }
    group.command("HALT", "strategy:demo/other", "{}");
    group.command("HALT", "instrument:X:ETH", "{}");
    answer(group.sell("0.001").limit("1000").send(), Verdict.ALLOW, "0.001");
  }

  @Test
  void k01_lets_a_scope_only_come_closer_to_flat_where_people_say_so() {
    GroupUnderTest group = long10(setup().storing());
    group.command("HALT", "account:demo", "{state: 'reducing'}");
    assertThat(group.state().tradingState(Scope.account("demo"))).isEqualTo(TradingState.REDUCING);

    rule("K01", group.buy("1").send()).is(Result.REFUSED).permits("0").because("closer to flat");
    answer(group.sell("4").limit("1000").id("rests").send(), Verdict.REDUCE_ONLY, "4");
    rule("K01", group.sell("8").send()).is(Result.LIMITED).permits("6");

    group.command("h", "HALT", "account:demo", "{}", null, null);
    answer(group.sell("1").send(), Verdict.HALT, "0", "K01");
    group.command("RESUME", "account:demo", "{}");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void k01_begins_and_ends_when_the_command_says() {
    GroupUnderTest group = flat(setup());
    long from = group.nowUs() + MINUTE;
    group.command("c", "HALT", "firm", "{}", from, from + MINUTE);

    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.state().nextCrossingUs()).isEqualTo(from);
    group.clock(MINUTE);
    answer(group.buy("1").send(), Verdict.HALT, "0", "K01");
    assertThat(group.state().nextCrossingUs()).isEqualTo(from + MINUTE);
    group.clock(MINUTE - SECOND);
    answer(group.buy("1").send(), Verdict.HALT, "0", "K01");
    group.clock(SECOND);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_cancel_passes_through_every_halt_and_shows_its_defects() {
    GroupUnderTest group = long10(setup());
    group.sell("1").limit("150").id("a").send();
    group.command("HALT", "firm", "{}");

    answer(group.cancel("a").send(), Verdict.ALLOW, "0");
    Decision unknown = group.cancel("nothing").in("X:DOGE").send();
    assertThat(unknown.ruling().verdict()).isEqualTo(Verdict.ALLOW);
    rule("R01", unknown).is(Result.REFUSED).because("X:DOGE");
    assertThat(group.cancel("a").account("nobody").send().ruling().verdict())
        .isEqualTo(Verdict.ALLOW);
  }
}
