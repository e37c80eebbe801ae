package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Bounds that are shares or follow the regime, limits in tiers, and what ends a breach. */
class LimitTiersTest {
  /** One long position of 10 at 100, 10,000 in equity; stored and restored at every step. */
  private static GroupUnderTest long10(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    return group;
  }

  private static List<Event> breaches(GroupUnderTest group) {
    return group.events().stream()
        .filter(
            event -> event.type() == Event.Type.BREACH || event.type() == Event.Type.TRADING_HALTED)
        .toList();
  }

  private static List<String> details(GroupUnderTest group, Event.Type type) {
    return group.events(type).stream()
        .map(event -> new String(event.detail(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void a_share_is_of_the_equity_that_the_utc_day_began_with() {
    GroupUnderTest group =
        long10(
            setup()
                .profile("max_daily_loss", "{share: '0.05'}")
                .limit("instrument:X:BTC", "max_notional", "{share: '0.3'}"));
    rule("R04", group.buy("1").send()).saw("110", "3000");
    group.trade(BTC, "60");
    rule("R04", group.buy("1").send()).saw("66", "3000");
    rule("R21", group.buy("1").send()).is(Result.PASS).saw("400", "500");

    group.clock(DAY);
    rule("R04", group.buy("1").send()).saw("66", "2880");
    rule("R21", group.buy("1").send()).is(Result.PASS).saw("0", "480");
    group.trade(BTC, "12");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R21");
  }

  @Test
  void each_tier_of_a_drawdown_fires_at_its_own_bound() {
    GroupUnderTest group =
        long10(
            setup()
                .profile(
                    "max_drawdown",
                    """
                    [{bound: '0.01', then: 'warn'},
                     {bound: '0.15', then: 'reducing', release: 'person', event: 'trading_halted'},
                     {bound: '0.2', then: 'halt', release: 'person'}]"""));
    group.fill(null, Side.BUY, "40", "100");
    group.trade(BTC, "98.01");
    assertThat(breaches(group)).isEmpty();
    group.trade(BTC, "98");
    assertThat(breaches(group)).extracting(Event::type).containsExactly(Event.Type.BREACH);
    assertThat(breaches(group).get(0).severity()).isEqualTo(Event.Severity.WARNING);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");

    group.trade(BTC, "70");
    assertThat(breaches(group))
        .extracting(Event::type)
        .containsExactly(Event.Type.BREACH, Event.Type.BREACH, Event.Type.TRADING_HALTED);
    assertThat(breaches(group).get(2).severity()).isEqualTo(Event.Severity.CRITICAL);
    answer(group.sell("1").send(), Verdict.REDUCE_ONLY, "1");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");

    group.trade(BTC, "60");
    answer(group.sell("1").send(), Verdict.HALT, "0", "R22");
    group.trade(BTC, "100");
    answer(group.sell("1").send(), Verdict.HALT, "0", "R22");
  }

  @Test
  void a_stricter_tier_that_ends_first_leaves_the_milder_in_force() {
    GroupUnderTest group =
        long10(
            setup()
                .profile(
                    "max_drawdown",
                    "[{bound: '0.01', then: 'reducing', release: 'person'},"
                        + " {bound: '0.02', then: 'halt', release: '60m'}]"));
    group.trade(BTC, "80");
    answer(group.sell("1").send(), Verdict.HALT, "0", "R22");
    group.trade(BTC, "95");
    group.clock(HOUR);
    answer(group.sell("1").send(), Verdict.REDUCE_ONLY, "1");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");
  }

  @Test
  void what_recovers_ends_well_below_the_bound_and_not_before() {
    GroupUnderTest group =
        long10(
            setup()
                .profile(
                    "max_daily_loss",
                    "{bound: '100', then: 'reducing', release: 'recovered 0.5'}"));
    group.trade(BTC, "90");
    group.trade(BTC, "95");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R21");
    group.trade(BTC, "95.01");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(details(group, Event.Type.RESUME))
        .containsExactly("{\"ended\":\"max_daily_loss\",\"by\":\"recovery\"}");
  }

  @Test
  void a_breaker_that_rearms_counts_its_trips_and_each_loss_from_where_the_last_ended() {
    GroupUnderTest group =
        long10(
            setup()
                .profile(
                    "max_daily_loss",
                    """
                    [{bound: '500', then: 'halt', release: '60m', rearms: true},
                     {share: '0.1', then: 'halt', release: 'next_utc_day'}]"""));
    group.fill(null, Side.BUY, "10", "100");
    group.trade(BTC, "75");
    answer(group.buy("1").send(), Verdict.HALT, "0", "R21");
    group.trade(BTC, "80");
    group.clock(HOUR);
    group.trade(BTC, "55.01");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");

    group.trade(BTC, "55");
    answer(group.buy("1").send(), Verdict.HALT, "0", "R21");
    group.clock(HOUR);
    group.trade(BTC, "50.01");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    group.trade(BTC, "50");
    assertThat(details(group, Event.Type.BREACH))
        .satisfiesExactly(
            first -> assertThat(first).contains("\"bound\":\"500\"").endsWith("\"trips\":1}"),
            second -> assertThat(second).contains("\"bound\":\"500\"").endsWith("\"trips\":2}"),
            day -> assertThat(day).contains("\"bound\":\"1000\"").endsWith("\"trips\":1}"));
    group.clock(2 * HOUR);
    answer(group.buy("1").send(), Verdict.HALT, "0", "R21");
  }

  @Test
  void without_rearming_a_loss_that_still_stands_trips_again() {
    GroupUnderTest group =
        long10(setup().profile("max_daily_loss", "{bound: '500', then: 'halt', release: '60m'}"));
    group.trade(BTC, "50");
    group.clock(HOUR);
    group.trade(BTC, "49.99");
    answer(group.buy("1").send(), Verdict.HALT, "0", "R21");
    assertThat(details(group, Event.Type.BREACH).get(1)).endsWith("\"trips\":2}");
  }

  @Test
  void a_day_s_loss_that_only_a_person_ends_is_counted_anew_when_one_does() {
    GroupUnderTest group =
        long10(
            setup().profile("max_daily_loss", "{bound: '100', then: 'halt', release: 'person'}"));
    group.trade(BTC, "90");
    group.clock(2 * DAY);
    answer(group.buy("1").send(), Verdict.HALT, "0", "R21");

    group.trade(BTC, "80");
    group.command("RESUME", "account:demo", "{}");
    group.trade(BTC, "70.01");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    group.trade(BTC, "70");
    answer(group.buy("1").send(), Verdict.HALT, "0", "R21");
  }

  @Test
  void a_week_s_loss_reaches_back_six_days_and_no_further() {
    GroupUnderTest group = long10(setup().limit("firm", "max_weekly_loss", "300"));
    group.trade(BTC, "85");
    rule("P01", group.buy("1").send()).is(Result.PASS).saw("150", "300");
    group.clock(DAY);
    group.trade(BTC, "80");
    group.clock(2 * DAY);
    group.trade(BTC, "75");
    rule("P01", group.buy("1").send()).is(Result.PASS).saw("250", "300");
    group.clock(3 * DAY);
    rule("P01", group.buy("1").send()).saw("250", "300");
    group.clock(DAY);
    rule("P01", group.buy("1").send()).saw("100", "300");
    group.clock(DAY);
    rule("P01", group.buy("1").send()).saw("50", "300");

    group.trade(BTC, "50");
    rule("P01", group.buy("1").send()).is(Result.REFUSED).saw("300", "300");
    answer(group.buy("1").send(), Verdict.DENY, "0", "P01");
    group.clock(30 * DAY);
    answer(group.buy("1").send(), Verdict.DENY, "0", "P01");
  }

  @Test
  void one_bad_tick_does_not_fire_a_smoothed_drawdown_and_a_lasting_fall_does() {
    GroupUnderTest group =
        long10(setup().profile("max_drawdown", "{bound: '0.05', smoothing: '1m'}"));
    group.fill(null, Side.BUY, "10", "100");
    group.advance(SECOND).trade(BTC, "10");
    group.advance(SECOND).trade(BTC, "100");
    assertThat(breaches(group)).isEmpty();
    answer(group.buy("1").send(), Verdict.ALLOW, "1");

    group.advance(MINUTE).trade(BTC, "70");
    group.advance(MINUTE).trade(BTC, "70.01");
    assertThat(breaches(group)).as("0.06 for one time constant averages 0.038").isEmpty();
    group.advance(MINUTE).trade(BTC, "70");
    assertThat(breaches(group)).as("0.06 for two of them 0.052").hasSize(1);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");
  }

  @Test
  void a_smoothed_drawdown_moves_on_while_nothing_comes_but_the_clock() {
    GroupUnderTest group =
        long10(
            setup()
                .with("clock", "'wall'")
                .profile("max_drawdown", "{bound: '0.05', smoothing: '1m'}"));
    group.fill(null, Side.BUY, "10", "100");
    group.trade(BTC, "70");
    group.clock(MINUTE);
    assertThat(group.events(Event.Type.BREACH)).isEmpty();
    group.clock(MINUTE);
    assertThat(group.events(Event.Type.BREACH)).hasSize(1);
  }

  private static UnaryOperator<Snapshot> sigma(Double sigmaDaily, boolean crashed) {
    return s ->
        new Snapshot(
            s.last(),
            s.lastEventTimeUs(),
            null,
            null,
            null,
            null,
            null,
            sigmaDaily,
            crashed ? List.of(new CrashRule(10_000, new BigDecimal("0.02"))) : List.of(),
            false,
            false,
            s.frontTimeUs());
  }

  @Test
  void a_limit_follows_the_regime_below_its_base_value() {
    GroupUnderTest group =
        long10(
            setup()
                .limit(
                    "firm",
                    "max_qty",
                    "{bound: '8', regimes: {volatile: '4', flash_crash: '1', trending: '6'}}"));
    answer(group.buy("9").seeing(sigma(0.02, false)).send(), Verdict.SHRINK, "8", "R03");
    answer(group.buy("9").seeing(sigma(0.0499, false)).send(), Verdict.SHRINK, "8", "R03");
    answer(group.buy("9").seeing(sigma(0.05, false)).send(), Verdict.SHRINK, "4", "R03");
    answer(group.sell("9").seeing(sigma(0.02, true)).send(), Verdict.REDUCE_ONLY, "1", "R03");
    rule("R03", group.buy("9").seeing(sigma(null, false)).send()).saw("9", "1");
  }

  @Test
  void the_state_of_an_earlier_build_is_read() {
    GroupUnderTest group =
        long10(
            setup().limit("firm", "max_drawdown", "0.01").limit("firm", "max_weekly_loss", "500"));
    group.trade(BTC, "90");
    for (String part : List.of("control", "sums")) {
      String json = new String(group.parts().get(part), StandardCharsets.UTF_8);
      String older =
          json.replaceAll(",\"(trips|week|rearmed|smoothed)\":(\\[[^]]*]|\\{[^}]*})", "")
              .replaceAll(",\"bound\":\"0.01\",\"rearms\":false", "");
      assertThat(older).isNotEqualTo(json);
      group.parts().put(part, older.getBytes(StandardCharsets.UTF_8));
    }
    group.restore();

    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");
    rule("P01", group.buy("1").send()).saw("100", "500");
  }
}
