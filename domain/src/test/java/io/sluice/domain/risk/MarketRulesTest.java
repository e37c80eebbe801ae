package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.VenueStatus.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R26, R27, R28 and R31: whether the market is one to trade in. */
class MarketRulesTest {
  private static final String THREE_VENUES =
      """
      [{id: 'X:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'},
       {id: 'Y:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'},
       {id: 'Z:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'},
       {id: 'E:BTC', base: 'BTC', quote: 'EUR', tick: '0.01', lot: '0.001', min_qty: '0.001',
        max_qty: '1000000', min_notional: '1'}]
      """;

  private static GroupUnderTest traded(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    return group;
  }

  private static GroupUnderTest venues(String y, String z) {
    GroupUnderTest group =
        traded(
            setup()
                .with("instruments", THREE_VENUES)
                .limit("firm", "max_reference_deviation", "0.05"));
    group.trade("Y:BTC", y);
    group.trade("Z:BTC", z);
    group.trade("E:BTC", "1");
    return group;
  }

  @Test
  void r26_a_price_that_the_other_venues_outvote_opens_nothing() {
    GroupUnderTest group = venues("106", "106.2");

    Decision refused = group.buy("1").send();
    rule("R26", refused)
        .is(Result.REFUSED)
        .saw("0.056603773584905660", "0.05")
        .permits("0")
        .because("median", "max_reference_deviation", "firm");
    answer(refused, Verdict.DENY, "0", "R26");

    group.trade("Y:BTC", "105");
    rule("R26", group.buy("1").send()).is(Result.PASS).saw("0.047619047619047619", "0.05");
  }

  /** Binance.US on 2021-10-21: the venue that crashed alone is held back, the others go on. */
  @Test
  void r26_one_venue_that_crashes_alone_holds_back_nobody_else() {
    GroupUnderTest group = venues("64.2", "65.8");
    group.trade(BTC, "8.2");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R26");
    answer(group.buy("1").in("Y:BTC").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r26_venues_that_do_not_agree_with_each_other_vouch_for_no_price() {
    GroupUnderTest group = venues("90", "110");
    rule("R26", group.buy("1").send()).is(Result.REFUSED).saw("0.1", "0.05");
  }

  @Test
  void r26_what_reduces_passes() {
    GroupUnderTest group = venues("200", "200");
    group.fill(null, Side.BUY, "4", "100");
    answer(group.sell("3").send(), Verdict.ALLOW, "3");
    group = venues("200", "200");
    group.fill(null, Side.BUY, "4", "100");
    answer(group.sell("9").send(), Verdict.SHRINK, "4", "R26");
  }

  @Test
  void r26_needs_three_fresh_prices_of_the_same_currency() {
    GroupUnderTest group = venues("100", "100");
    rule("R26", group.buy("1").send()).is(Result.PASS);

    GroupUnderTest two = traded(setup().limit("firm", "max_reference_deviation", "0.05"));
    rule("R26", two.buy("1").send()).is(Result.NOT_FED).permits("0").because("fewer than 3", "USD");
    GroupUnderTest stale =
        traded(
            setup()
                .with("instruments", THREE_VENUES)
                .limit("firm", "max_reference_deviation", "0.05")
                .limit("firm", "max_data_age_ms", "60000"));
    stale.trade("Y:BTC", "100");
    stale.trade("Z:BTC", "100");
    rule("R26", stale.buy("1").send()).is(Result.PASS);
    stale.advance(MINUTE + 1);
    stale.trade(BTC, "100");
    stale.trade("Y:BTC", "100");
    answer(stale.buy("1").send(), Verdict.DENY, "0", "R26");
  }

  @Test
  void r27_a_quote_that_is_too_wide_opens_nothing() {
    GroupUnderTest group = traded(setup().limit("firm", "max_spread", "0.01"));
    group.quote(BTC, "99.5", "100.5");
    rule("R27", group.buy("1").send()).is(Result.PASS).saw("0.01", "0.01");

    group.quote(BTC, "99.49", "100.5");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R27");
    rule("R27", group.buy("1").send()).because("wider", "max_spread at firm");

    group.fill(null, Side.BUY, "2", "100");
    answer(group.sell("2").send(), Verdict.ALLOW, "2");
  }

  @Test
  void r27_without_a_fresh_quote_there_is_no_spread() {
    GroupUnderTest group =
        traded(
            setup().limit("firm", "max_spread", "0.01").limit("firm", "max_data_age_ms", "5000"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "R27");
    rule("R27", group.buy("1").send()).is(Result.NOT_FED).because("no quote", "max_data_age_ms");

    group.quote(BTC, "99.9", "100.1");
    rule("R27", group.buy("1").send()).is(Result.PASS);
    group.advance(5 * SECOND + 1000);
    group.trade(BTC, "100");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R27");
  }

  @ParameterizedTest
  @CsvSource({
    "0,     99.9,  100.1, true",
    "0,     100,   100,   false",
    "0,     100.1, 99.9,  false",
    "0.002, 100,   100,   true",
    "0.002, 100.1, 99.9,  false",
    "unlimited, 101, 99,  true",
  })
  void r28_a_locked_or_crossed_quote_opens_nothing(
      String bound, String bid, String ask, boolean passes) {
    GroupUnderTest group = traded(setup().limit("firm", "crossed_book", bound));
    group.quote(BTC, bid, ask);

    answer(
        group.buy("1").send(),
        passes ? Verdict.ALLOW : Verdict.DENY,
        passes ? "1" : "0",
        passes ? new String[0] : new String[] {"R28"});
    group.fill(null, Side.BUY, "2", "100");
    answer(group.sell("2").send(), Verdict.ALLOW, "2");
  }

  @Test
  void r28_needs_a_quote() {
    GroupUnderTest group = traded(setup().limit("firm", "crossed_book", "0"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "R28");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"AUTH_FAILED", "DOWN"})
  void r31_a_venue_that_takes_nothing_gets_nothing(Status status) {
    GroupUnderTest group = traded(setup().storing());
    group.fill(null, Side.BUY, "2", "100");
    group.venue("Y", status);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    group.venue("X", status);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R31");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R31");
    rule("R31", group.buy("1").send()).because("venue X", "gateway");
    group.venue("X", Status.UP);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r31_a_venue_that_is_not_well_gets_a_part_or_what_reduces() {
    GroupUnderTest group = traded(setup());
    group.venue("X", Status.DEGRADED);
    answer(group.buy("2").send(), Verdict.SHRINK, "1", "R31");
    rule("R31", group.buy("2").send()).is(Result.LIMITED).because("degraded");

    group.fill(null, Side.BUY, "4", "100");
    answer(group.sell("3").send(), Verdict.ALLOW, "3");
    group.venue("X", Status.RATE_LIMITED);
    answer(group.buy("2").send(), Verdict.DENY, "0", "R31");
    group = traded(setup().with("venue_health", "{degraded: '0', rate_limited: '0.25'}"));
    group.fill(null, Side.BUY, "4", "100");
    group.venue("X", Status.RATE_LIMITED);
    answer(group.buy("2").send(), Verdict.SHRINK, "0.5", "R31");
    group.venue("X", Status.DEGRADED);
    answer(group.sell("9").send(), Verdict.REDUCE_ONLY, "4", "R31");
  }

  @Test
  void r31_a_venue_that_never_reported_is_not_held_against_anybody_unless_asked() {
    answer(traded(setup()).buy("1").send(), Verdict.ALLOW, "1");
    answer(
        traded(setup().with("not_fed", "{R31: 'deny'}")).buy("1").send(), Verdict.DENY, "0", "R31");
  }
}
