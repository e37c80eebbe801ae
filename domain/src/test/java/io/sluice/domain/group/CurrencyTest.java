package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** An account in dollars trades what is priced in euros; numbers are computed by hand. */
class CurrencyTest {
  private static final String EURO = "X:BTCEUR";
  private static final String RATE = "X:EURUSD";
  private static final String BY_MARK = "[{currency: 'EUR', in: 'USD', instrument: 'X:EURUSD'}]";

  private static GroupUnderTest.Setup inEuros() {
    return setup()
        .with(
            "instruments",
            """
            [{id: 'X:BTCEUR', base: 'BTC', quote: 'EUR', tick: '0.01', lot: '0.001',
              min_qty: '0.001', max_qty: '1000000', min_notional: '1'},
             {id: 'X:EURUSD', base: 'EUR', quote: 'USD', tick: '0.0001', lot: '1',
              min_qty: '1', max_qty: '1000000', min_notional: '1'}]
            """)
        .with("rates", BY_MARK);
  }

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.mark(RATE, "1.2");
    group.trade(EURO, "100");
    return group;
  }

  private static void fill(
      GroupUnderTest group,
      String intentId,
      Side side,
      String qty,
      String price,
      String fee,
      String feeCurrency) {
    group.fold(
        "fills",
        new Fill(
            "f-" + group.nextOffset(),
            intentId,
            "demo",
            "s",
            EURO,
            side,
            new BigDecimal(qty),
            new BigDecimal(price),
            new BigDecimal(fee),
            feeCurrency,
            group.nowUs()),
        null);
  }

  private static void exposure(GroupUnderTest group, String expected) {
    assertThat(group.state().aggregates().exposure(Scope.FIRM)).isEqualByComparingTo(expected);
    assertThat(group.state().aggregates().exposure(Scope.instrument(EURO)))
        .isEqualByComparingTo(expected);
  }

  @Test
  void an_order_is_held_against_limits_in_the_accounts_currency() {
    GroupUnderTest group = priced(inEuros().limit("firm", "max_notional", "600"));

    answer(group.buy("5").in(EURO).limit("100").send(), Verdict.ALLOW, "5");
    rule("R04", group.buy("6").in(EURO).limit("100").send())
        .is(Result.LIMITED)
        .saw("720", "600")
        .permits("5");
  }

  @Test
  void what_works_and_what_is_held_is_worth_what_the_newest_rate_says() {
    GroupUnderTest group = priced(inEuros());
    group.buy("5").in(EURO).id("one").limit("100").send();
    exposure(group, "600");
    assertThat(group.state().aggregates().unexecuted(Scope.FIRM)).isEqualByComparingTo("600");

    group.mark(RATE, "1.5");
    exposure(group, "750");
    assertThat(group.state().aggregates().unexecuted(Scope.FIRM)).isEqualByComparingTo("750");

    fill(group, "one", Side.BUY, "2", "100", "0", "USD");
    exposure(group, "750");
    group.mark(RATE, "1.1");
    exposure(group, "550");
    assertThat(group.state().aggregates().unexecuted(Scope.FIRM)).isEqualByComparingTo("330");
    assertThat(group.state().aggregates().ordersAtWork(Scope.FIRM)).isEqualTo(1);

    group.status("one", OrderStatus.Status.CANCELLED, "2");
    exposure(group, "220");
    assertThat(group.state().aggregates().unexecuted(Scope.FIRM)).isZero();
    assertThat(group.book().reservedCash()).isZero();
  }

  @Test
  void profit_is_booked_at_the_rate_of_the_fill_and_valued_at_the_rate_now() {
    GroupUnderTest group = priced(inEuros());
    fill(group, null, Side.BUY, "10", "100", "0", "USD");
    group.trade(EURO, "110");
    assertThat(group.book().equity()).as("10 x 10 x 1.2").isEqualByComparingTo("10120");
    group.mark(RATE, "1.3");
    assertThat(group.book().equity()).as("10 x 10 x 1.3").isEqualByComparingTo("10130");
    fill(group, null, Side.SELL, "10", "110", "0", "USD");
    assertThat(group.book().realised()).isEqualByComparingTo("130");
    group.mark(RATE, "1.0");
    assertThat(group.book().equity()).as("profit is in dollars").isEqualByComparingTo("10130");
    assertThat(group.state().aggregates().peakEquity(Scope.FIRM)).isEqualByComparingTo("10130");
  }

  @Test
  void a_cash_account_pays_at_the_rate_and_loses_when_the_currency_falls() {
    GroupUnderTest group =
        priced(
            inEuros()
                .with(
                    "accounts",
                    "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'cash', cash: '1000'}]")
                .limit("firm", "max_daily_loss", "100"));
    rule("R20", group.buy("10").in(EURO).limit("100").send()).saw("1200", "1000").permits("8.333");
    fill(group, null, Side.BUY, "5", "100", "0", "USD");
    assertThat(group.book().cash()).isEqualByComparingTo("400");
    assertThat(group.book().equity()).isEqualByComparingTo("1000");
    group.mark(RATE, "0.99");
    assertThat(group.book().equity()).isEqualByComparingTo("895");
    rule("R21", group.buy("1").in(EURO).limit("100").send()).is(Result.REFUSED).saw("105", "100");
  }

  @Test
  void without_a_rate_nothing_passes_and_the_text_says_what_is_missing() {
    GroupUnderTest group = inEuros().start();
    group.trade(EURO, "100");
    rule("R20", group.buy("1").in(EURO).limit("100").send())
        .is(Result.REFUSED)
        .because("no price of X:EURUSD");
    answer(
        group.buy("1").in(EURO).limit("100").send(), Verdict.DENY, "0", "R08", "R09", "R20", "R25");

    GroupUnderTest unset = inEuros().with("rates", "[]").start();
    unset.trade(EURO, "100");
    rule("R20", unset.buy("1").in(EURO).limit("100").send())
        .is(Result.REFUSED)
        .because("add one to rates");
  }

  @Test
  void a_rate_that_is_too_old_lets_nothing_grow() {
    GroupUnderTest group = priced(inEuros().limit("firm", "max_data_age_ms", "60000"));
    fill(group, null, Side.BUY, "10", "100", "0", "USD");
    group.advance(2 * MINUTE);
    group.trade(EURO, "100");
    rule("R25", group.buy("1").in(EURO).limit("100").send())
        .is(Result.REFUSED)
        .because("the mark of X:EURUSD");
    answer(group.sell("1").in(EURO).limit("100").send(), Verdict.ALLOW, "1");
    group.mark(RATE, "1.2");
    answer(group.buy("1").in(EURO).limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_position_from_a_snapshot_has_no_value_before_the_rate_and_its_first_is_no_profit() {
    GroupUnderTest group = inEuros().unknownBooks().limit("firm", "max_drawdown", "0.1").start();
    group.trade(EURO, "100");
    group.snapshot("demo", "10000", "{'X:BTCEUR': ['10', '50']}");
    assertThat(group.state().aggregates().isUnpriced(Scope.FIRM)).isTrue();
    group.mark(RATE, "1.2");
    assertThat(group.state().aggregates().isUnpriced(Scope.FIRM)).isFalse();
    assertThat(group.book().equity()).isEqualByComparingTo("10600");
    assertThat(group.state().aggregates().peakEquity(Scope.FIRM)).isEqualByComparingTo("10600");
    assertThat(group.state().aggregates().dailyLoss(Scope.FIRM)).isZero();
  }

  @Test
  void fees_are_booked_at_their_rate_and_reported_without_one() {
    GroupUnderTest group = priced(inEuros());
    fill(group, null, Side.BUY, "1", "100", "0.5", "EUR");
    assertThat(group.book().fees()).isEqualByComparingTo("0.6");
    assertThat(group.events(Event.Type.RECON_BREAK)).isEmpty();
    fill(group, null, Side.BUY, "1", "100", "0.5", "BNB");
    assertThat(group.book().fees()).isEqualByComparingTo("0.6");
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);
  }

  @Test
  void a_fill_without_a_rate_is_reported() {
    GroupUnderTest group = inEuros().start();
    fill(group, null, Side.BUY, "1", "100", "0", "USD");
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);

    group.mark(RATE, "1.2");
    group.trade(EURO, "100");
    rule("R20", group.buy("1").in(EURO).limit("100").send())
        .is(Result.REFUSED)
        .because("put it right with ADOPT");
    answer(group.sell("1").in(EURO).limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_position_without_a_price_of_its_own_is_worth_its_cost_at_the_newest_rate() {
    for (GroupUnderTest.Setup setup : new GroupUnderTest.Setup[] {inEuros(), inEuros().storing()}) {
      GroupUnderTest group =
          setup
              .with(
                  "accounts",
                  "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'cash', cash: '1000'}]")
              .unknownBooks()
              .start();
      group.mark(RATE, "1.2");
      group.snapshot("demo", "1000", "{'X:BTCEUR': ['10', '50']}");
      assertThat(group.book().equity()).isEqualByComparingTo("1600");
      group.mark(RATE, "1.5");
      assertThat(group.book().equity()).isEqualByComparingTo("1750");
      assertThat(group.state().aggregates().isUnpriced(Scope.FIRM)).isTrue();
    }
  }

  @Test
  void a_rate_by_a_mark_that_has_not_come_takes_no_other_ones_place() {
    GroupUnderTest.Setup fixed =
        inEuros().with("rates", "[{currency: 'EUR', in: 'USD', fixed: '1.25'}]");
    GroupUnderTest group = fixed.start();
    group.trade(EURO, "100");
    fill(group, null, Side.BUY, "1", "100", "0", "USD");
    group.configure(inEuros().configuration());
    assertThat(group.events(Event.Type.CONFIG_REFUSED)).hasSize(1);
    group.mark(RATE, "1.2");
    group.configure(inEuros().configuration());
    assertThat(group.events(Event.Type.CONFIG_REFUSED)).hasSize(1);
    assertThat(group.events(Event.Type.CONFIGURED)).hasSize(1);
    exposure(group, "120");
  }

  @Test
  void an_account_in_the_other_currency_counts_by_the_inverse_and_by_fixed_rates() {
    GroupUnderTest group =
        priced(
            inEuros()
                .with(
                    "accounts",
                    "[{id: 'demo', profile: 'p', currency: 'EUR', kind: 'margin', cash: '1000',"
                        + " leverage: '10'}]")
                .paper());
    group.mark(RATE, "1.25");
    rule("R20", group.buy("12").in(RATE).limit("1.25").send()).saw("12", "10000");

    GroupUnderTest fixed =
        priced(inEuros().with("rates", "[{currency: 'EUR', in: 'USD', fixed: '1.25'}]"));
    rule("R20", fixed.buy("1").in(EURO).limit("100").send()).saw("125", "100000");
  }

  @Test
  void storing_and_restoring_at_every_step_changes_nothing() {
    GroupUnderTest kept = scenario(inEuros());
    GroupUnderTest stored = scenario(inEuros().storing());
    assertThat(stored.lines()).containsExactlyElementsOf(kept.lines());
    assertThat(stored.book().equity()).isEqualByComparingTo(kept.book().equity());
    assertThat(stored.state().aggregates().exposure(Scope.FIRM))
        .isEqualByComparingTo(kept.state().aggregates().exposure(Scope.FIRM));
  }

  private static GroupUnderTest scenario(GroupUnderTest.Setup setup) {
    GroupUnderTest group = priced(setup.limit("firm", "max_gross", "900"));
    group.buy("5").in(EURO).id("one").limit("100").send();
    group.mark(RATE, "1.5");
    fill(group, "one", Side.BUY, "2", "100", "0", "USD");
    group.buy("5").in(EURO).limit("100").send();
    group.mark(RATE, "1.1");
    group.buy("5").in(EURO).limit("100").send();
    group.trade(EURO, "90");
    group.sell("3").in(EURO).limit("90").send();
    return group;
  }

  @Test
  void a_rate_cannot_be_taken_away_from_a_position() {
    GroupUnderTest group = priced(inEuros());
    fill(group, null, Side.BUY, "1", "100", "0", "USD");
    group.configure(inEuros().with("rates", "[]").configuration());
    assertThat(group.events(Event.Type.CONFIG_REFUSED)).hasSize(1);
    assertThat(group.book().equity()).isEqualByComparingTo("10000");
  }

  @Test
  void configurations_without_one_currency_a_group_or_with_rates_of_nothing_are_refused() {
    refused("rates", "[{currency: 'EUR', in: 'USD'}]", "either an instrument or a fixed rate");
    refused(
        "rates", "[{currency: 'EUR', in: 'USD', instrument: 'X:BTCEUR'}]", "trades EUR and USD");
    refused("rates", "[{currency: 'EUR', in: 'EUR', fixed: '1'}]", "another currency");
    refused("rates", "[{currency: 'EUR', in: 'USD', fixed: '0'}]", "a decimal above 0");
    refused(
        "rates",
        "[{currency: 'EUR', in: 'USD', fixed: '1.1'}, {currency: 'USD', in: 'EUR', fixed: '0.9'}]",
        "every pair of currencies once");
    refused(
        "accounts",
        "[{id: 'a', profile: 'p', currency: 'USD', cash: '1'},"
            + " {id: 'b', profile: 'p', currency: 'EUR', cash: '1'}]",
        "the same group");
  }

  private static void refused(String key, String json, String why) {
    assertThatThrownBy(() -> inEuros().with(key, json).configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  /** An account in euros sells euros: what it values its orders by is the instrument's own mark. */
  @Test
  void a_rate_by_the_order_s_own_instrument_is_as_old_as_its_mark_whatever_the_quote() {
    GroupUnderTest group =
        inEuros()
            .with(
                "accounts",
                "[{id: 'demo', profile: 'p', currency: 'EUR', kind: 'margin', cash: '10000',"
                    + " leverage: '10'}]")
            .limit("firm", "max_data_age_ms", "60000")
            .paper()
            .start();
    group.mark(RATE, "1.2");
    group.quote(RATE, "1.1999", "1.2001");
    answer(group.buy("10").in(RATE).limit("1.2").send(), Verdict.ALLOW, "10");
    group.advance(2 * MINUTE);
    group.quote(RATE, "1.1999", "1.2001");
    rule("R25", group.buy("10").in(RATE).limit("1.2").send())
        .is(Result.REFUSED)
        .because("the mark of X:EURUSD");
    group.mark(RATE, "1.2");
    answer(group.buy("10").in(RATE).limit("1.2").send(), Verdict.ALLOW, "10");
  }
}
