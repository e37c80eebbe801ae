package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.START_US;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.TimeInForce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R19, R34 and R35: against whom, who, and when. */
class AccessRulesTest {
  private static final String TWO_ACCOUNTS =
      """
      [{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000', leverage: '10'},
       {id: 'other', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',
        leverage: '10'}]
      """;

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.with("accounts", TWO_ACCOUNTS).start();
    group.trade(BTC, "100");
    group.trade(ETH, "10");
    return group;
  }

  @Test
  void unset_they_are_no_controls() {
    var decision = priced(setup()).buy("1").send();

    for (String code : new String[] {"R19", "R34", "R35"}) {
      rule(code, decision).is(Result.NOT_FED);
    }
  }

  @Test
  void r19_refuses_what_could_match_another_account_s_resting_order() {
    GroupUnderTest group = priced(setup().with("self_match", "'deny'"));
    answer(group.sell("1").id("rests").account("other").limit("101").send(), Verdict.ALLOW, "1");

    rule("R19", group.buy("1").limit("101").send())
        .is(Result.REFUSED)
        .saw("101", "101")
        .because("rests of the account other", "rests at 101");
    rule("R19", group.buy("1").limit("102").strategy("another").send()).is(Result.REFUSED);
    rule("R19", group.buy("1").send()).is(Result.REFUSED);
    answer(group.buy("1").limit("100.99").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").limit("101").in(ETH).send(), Verdict.ALLOW, "1");
    answer(group.sell("1").limit("101").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r19_knows_the_best_of_several_prices_on_either_side() {
    GroupUnderTest group = priced(setup().with("self_match", "'deny'").storing());
    for (String price : new String[] {"97", "99", "98"}) {
      answer(group.buy("1").id("at-" + price).limit(price).send(), Verdict.ALLOW, "1");
    }

    rule("R19", group.sell("1").limit("98.5").send()).is(Result.REFUSED).because("at-99");
    group.status("at-99", Status.CANCELLED, "0");
    answer(group.sell("1").limit("98.5").send(), Verdict.ALLOW, "1");
    rule("R19", group.sell("1").limit("98").send()).is(Result.REFUSED).because("at-98");
  }

  @Test
  void r19_forgets_orders_that_are_filled_and_never_knew_those_that_do_not_rest() {
    GroupUnderTest group = priced(setup().with("self_match", "'deny'"));
    answer(group.sell("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.sell("1").limit("100").tif(TimeInForce.IOC).send(), Verdict.ALLOW, "1");
    answer(group.sell("1").send(), Verdict.ALLOW, "1");
    group.fill("a", Side.SELL, "0.4", "100");
    rule("R19", group.buy("1").limit("100").send()).is(Result.REFUSED);

    group.fill("a", Side.SELL, "0.6", "100");

    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void r19_cannot_be_passed_by_an_amendment_and_counts_both_prices_of_one() {
    GroupUnderTest group = priced(setup().with("self_match", "'deny'"));
    answer(group.sell("1").id("ask").limit("101").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").id("bid").limit("99").send(), Verdict.ALLOW, "1");

    answer(group.amend("bid").limit("101").send(), Verdict.DENY, "0", "R19");
    answer(group.amend("ask").id("higher").limit("103").send(), Verdict.ALLOW, "1");
    rule("R19", group.buy("1").limit("102").send()).is(Result.REFUSED);
    group.status("higher", Status.ACKED, "0");
    answer(group.buy("1").limit("102").send(), Verdict.ALLOW, "1");
    answer(group.cancel("ask").send(), Verdict.ALLOW, "0");
  }

  @Test
  void r19_knows_orders_that_rested_before_it_was_switched_on() {
    GroupUnderTest.Setup setup = setup();
    GroupUnderTest group = priced(setup);
    answer(group.sell("1").limit("101").send(), Verdict.ALLOW, "1");

    group.configure(setup.with("self_match", "'deny'").configuration());

    answer(group.buy("1").limit("101").send(), Verdict.DENY, "0", "R19");
  }

  @ParameterizedTest
  @CsvSource({
    "demo,  s, X:BTC, true,  true",
    "demo,  s, X:BTC, false, false",
    "demo,  s, X:ETH, true,  false",
    "demo,  t, X:BTC, true,  false",
    "other, s, X:ETH, false, true",
    "other, t, X:BTC, true,  true",
  })
  void r34_lets_through_what_a_permission_covers(
      String account, String strategy, String instrument, boolean isLimit, boolean permitted) {
    GroupUnderTest group =
        priced(
            setup()
                .storing()
                .with(
                    "permissions",
                    """
                    [{account: 'demo', strategy: 's', instruments: ['X:BTC'],
                      order_types: ['limit']},
                     {account: 'other', instruments: ['X:*']}]
                    """));
    GroupUnderTest.Wish wish = group.buy("1").account(account).strategy(strategy).in(instrument);

    var decision = (isLimit ? wish.limit("10") : wish).send();

    if (permitted) {
      rule("R34", decision).is(Result.PASS);
      answer(decision, Verdict.ALLOW, "1");
    } else {
      rule("R34", decision).is(Result.REFUSED).because(strategy, account, instrument);
      answer(decision, Verdict.DENY, "0", "R34");
    }
  }

  @Test
  void r34_of_nobody_permits_nothing_but_cancels() {
    GroupUnderTest.Setup setup = setup();
    GroupUnderTest group = priced(setup);
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");

    group.configure(setup.with("permissions", "[{account: 'somebody'}]").configuration());

    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R34");
    answer(group.amend("a").qty("2").send(), Verdict.DENY, "0", "R34");
    answer(group.cancel("a").send(), Verdict.ALLOW, "0");
  }

  @Test
  void r35_opens_and_closes_by_the_minute_of_the_gate_s_clock() {
    // Noon of a Tuesday.
    assertThat(Times.iso(START_US)).isEqualTo("2023-11-14T12:00:00Z");
    GroupUnderTest group =
        priced(
            setup()
                .storing()
                .with(
                    "sessions",
                    """
                    [{scope: 'venue:X', days: ['tue', 'thu'], from: '12:00', to: '12:30'},
                     {scope: 'venue:X', days: ['tue'], from: '13:00', to: '24:00',
                      closed: ['2023-11-21']},
                     {scope: 'instrument:X:ETH', from: '13:00', to: '13:30'}]
                    """));
    answer(group.buy("1").id("a").limit("100").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").limit("10").in(ETH).send(), Verdict.DENY, "0", "R35");

    isOpenAt(group, 30 * MINUTE - 1, true);
    isOpenAt(group, 30 * MINUTE, false);
    answer(group.cancel("a").send(), Verdict.ALLOW, "0");
    isOpenAt(group, HOUR, true);
    answer(group.buy("1").limit("10").in(ETH).send(), Verdict.ALLOW, "1");
    isOpenAt(group, 12 * HOUR - 1, true);
    isOpenAt(group, 12 * HOUR, false);
    isOpenAt(group, DAY, false);
    isOpenAt(group, 2 * DAY, true);
    isOpenAt(group, 2 * DAY + HOUR, false);
    isOpenAt(group, 7 * DAY, true);
    isOpenAt(group, 7 * DAY + HOUR, false);
  }

  private static void isOpenAt(GroupUnderTest group, long us, boolean open) {
    group.advance(START_US + us - group.nowUs());
    group.trade(BTC, "100");
    var decision = group.buy("1").limit("100").send();
    if (open) {
      answer(decision, Verdict.ALLOW, "1");
    } else {
      answer(decision, Verdict.DENY, "0", "R35");
      rule("R35", decision).because("venue:X has no session at " + Times.iso(START_US + us));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{scope: 'firm'}]; sessions[0].scope is \"firm\", expected instrument:ID or venue:NAME",
        "[{scope: 'venue:Z'}]; sessions at venue:Z are of nothing that is listed",
        "[{scope: 'venue:X', from: '9:00'}]; sessions[0].from is \"9:00\", expected a time",
        "[{scope: 'venue:X', from: '22:00', to: '02:00'}]; expected a time after from",
        "[{scope: 'venue:X', days: ['monday']}]; expected a list of mon, tue",
        "[{scope: 'venue:X', days: ['mon', 'mon']}]; each once",
        "[{scope: 'venue:X', closed: ['25.12.2026']}]; a list of dates such as 2026-12-25",
      })
  void a_session_that_is_none_is_refused(String sessions, String why) {
    assertThatThrownBy(() -> setup().with("sessions", sessions).configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_permission_for_what_is_no_order_type_is_refused() {
    assertThatThrownBy(
            () ->
                setup()
                    .with("permissions", "[{account: 'demo', order_types: ['stop']}]")
                    .configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("order_types is [\"stop\"], expected a list of market and limit");
  }
}
