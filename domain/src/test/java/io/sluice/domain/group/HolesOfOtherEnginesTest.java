package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.WireReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What gets past other engines, by name: each is a hole that one of them has or had. */
class HolesOfOtherEnginesTest {
  private static GroupUnderTest.Setup bounded() {
    return setup().limit("firm", "max_qty", "5").limit("firm", "max_notional", "500");
  }

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.start();
    group.trade(BTC, "100");
    return group;
  }

  /** In REDUCING by drawdown, with a position of this much. */
  private static GroupUnderTest reducing(String position) {
    GroupUnderTest group = priced(setup().limit("firm", "max_drawdown", "0.001"));
    group.fill(null, Side.BUY, "100", "100");
    group.trade(BTC, "99");
    group.fill(null, Side.SELL, String.valueOf(100 - Integer.parseInt(position)), "99");
    assertThat(group.state().tradingState(Scope.FIRM)).isEqualTo(TradingState.REDUCING);
    return group;
  }

  @Test
  void submit_small_then_amend_big() {
    GroupUnderTest group = priced(bounded());
    group.buy("1").limit("99").id("small").send();
    group.status("small", OrderStatus.Status.ACKED, "0");

    answer(group.amend("small").id("big").qty("1000").send(), Verdict.SHRINK, "5", "R03", "R04");
    group.status("big", OrderStatus.Status.ACKED, "0");
    answer(group.amend("small").limit("1000").send(), Verdict.SHRINK, "0.5", "R04");
  }

  @Test
  void flip_while_reducing() {
    answer(reducing("1").sell("100").send(), Verdict.REDUCE_ONLY, "1", "R22");
  }

  @Test
  void open_from_flat_while_reducing() {
    GroupUnderTest group = reducing("0");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R22");
  }

  @Test
  void two_reducing_orders_of_the_full_size_each() {
    GroupUnderTest group = reducing("10");
    answer(group.sell("10").send(), Verdict.REDUCE_ONLY, "10");
    answer(group.sell("10").send(), Verdict.DENY, "0", "R22");
  }

  @Test
  void grow_a_reducing_order_by_amending_it() {
    GroupUnderTest group = reducing("10");
    group.sell("4").limit("99").id("a").send();
    answer(group.amend("a").qty("40").send(), Verdict.REDUCE_ONLY, "10", "R20", "R22");
  }

  @Test
  void market_order_without_a_price() {
    GroupUnderTest group = bounded().start();
    assertThat(group.buy("1").send().ruling().approvedQty()).isZero();
    assertThat(
            group.buy("1").seeing(s -> Snapshot.empty(s.frontTimeUs())).send().ruling().reasons())
        .contains("R04", "R07");
  }

  @Test
  void unknown_account() {
    GroupUnderTest group = priced(setup());
    answer(group.buy("1").account("nobody").send(), Verdict.DENY, "0", "R01");
    assertThat(group.state().books()).containsOnlyKeys("demo");
  }

  @Test
  void state_after_restart() {
    GroupUnderTest group = reducing("10");
    group.command("HALT", "account:demo", "{}");
    group.storeAndRestore();

    assertThat(group.state().tradingState(Scope.FIRM)).isEqualTo(TradingState.REDUCING);
    assertThat(group.state().tradingState(Scope.account("demo"))).isEqualTo(TradingState.HALTED);
    answer(group.sell("1").send(), Verdict.HALT, "0", "K01");
    group.command("RESUME", "account:demo", "{}");
    group.storeAndRestore();
    answer(group.buy("1").send(), Verdict.DENY, "0", "R22");
    answer(group.sell("20").send(), Verdict.REDUCE_ONLY, "10", "R22");
  }

  @Test
  void orders_that_no_venue_has_acknowledged() {
    GroupUnderTest group = priced(setup().limit("firm", "max_position_notional", "1000"));
    for (int i = 0; i < 10; i++) {
      group.buy("1").limit("100").send();
    }
    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R08");
  }

  @Test
  void reduce_only_without_a_position() {
    answer(priced(setup()).buy("1").reduceOnly().send(), Verdict.DENY, "0", "R20");
  }

  @Test
  void a_halt_that_holds_up_a_cancel() {
    GroupUnderTest group = priced(setup());
    group.buy("1").limit("90").id("resting").send();
    group.command("HALT", "firm", "{}");
    answer(group.cancel("resting").send(), Verdict.ALLOW, "0");
  }

  @Test
  void a_burst_within_one_microsecond() {
    GroupUnderTest group = priced(setup().cash("1000"));
    BigDecimal sent = BigDecimal.ZERO;
    for (int i = 0; i < 20; i++) {
      sent = sent.add(group.buy("3").limit("100").send().ruling().approvedQty());
    }
    assertThat(sent).isEqualByComparingTo("10");
  }

  @Test
  void strategies_and_accounts_that_each_fit() {
    GroupUnderTest group =
        priced(
            setup()
                .limit("firm", "max_gross", "1000")
                .with(
                    "accounts",
                    "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',"
                        + " leverage: '10'}, {id: 'other', profile: 'p', currency: 'USD', kind:"
                        + " 'margin', cash: '10000', leverage: '10'}]"));
    answer(group.buy("4").limit("100").strategy("a").send(), Verdict.ALLOW, "4");
    answer(group.buy("4").limit("100").strategy("b").send(), Verdict.ALLOW, "4");
    answer(group.sell("4").limit("100").account("other").send(), Verdict.SHRINK, "2", "R09");
  }

  @Test
  void margin_with_a_position_that_has_no_price() {
    GroupUnderTest group = priced(setup());
    group.fill("e", null, ETH, Side.BUY, "1", "50", "0");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R25");
    group.trade(ETH, "50");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_drawdown_that_cannot_be_told() {
    GroupUnderTest group = priced(setup().limit("firm", "max_drawdown", "0.5"));
    group.fill("e", null, ETH, Side.BUY, "1", "50", "0");
    assertThat(group.buy("1").send().ruling().reasons()).contains("R22");
  }

  @Test
  void a_value_in_another_currency() {
    GroupUnderTest group =
        priced(
            setup()
                .with(
                    "accounts",
                    "[{id: 'demo', profile: 'p', currency: 'EUR', kind: 'cash', cash: '10000'}]"));
    assertThat(group.buy("1").send().ruling().approvedQty()).isZero();
  }

  @Test
  void a_market_order_of_a_value_at_its_best_price() {
    answer(
        priced(setup().limit("firm", "max_notional", "550")).buy("5.5").send(),
        Verdict.SHRINK,
        "5",
        "R04");
  }

  @Test
  void a_walk_away_from_the_market_step_by_step() {
    GroupUnderTest group =
        priced(setup().limit("firm", "collar", "0.02").limit("firm", "max_price_drift", "0.03"));
    answer(group.buy("1").limit("101").send(), Verdict.ALLOW, "1");
    group.trade(BTC, "102");
    answer(group.buy("1").limit("103").send(), Verdict.ALLOW, "1");
    group.trade(BTC, "104");
    answer(group.buy("1").limit("105").send(), Verdict.DENY, "0", "R06");
  }

  @Test
  void a_limit_that_nobody_has_set() {
    answer(priced(setup().unset("max_qty")).buy("1").send(), Verdict.DENY, "0", "R02");
  }

  @Test
  void a_limit_that_is_never_fed() {
    GroupUnderTest group = priced(setup().limit("firm", "max_quote_share", "0.5"));
    assertThat(GroupUnderTest.outcome(group.buy("1").send(), "R36").result())
        .isEqualTo(Outcome.Result.NOT_FED);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R36");
  }

  @Test
  void only_the_first_of_several_violations() {
    GroupUnderTest group =
        priced(bounded().limit("firm", "collar", "0.01").limit("firm", "max_gross", "100"));
    answer(group.buy("9").limit("120").send(), Verdict.DENY, "0", "R03", "R04", "R05", "R09");
  }

  @Test
  void a_rule_that_changes_the_order() {
    GroupUnderTest group = priced(bounded());
    var decision = group.buy("9").send();
    assertThat(decision.requestedQty()).isEqualByComparingTo("9");
    assertThat(new String(group.lines().get(group.lines().size() - 1), StandardCharsets.UTF_8))
        .contains("\"qty\":\"9\"");
  }

  @Test
  void old_market_data_that_is_only_logged() {
    GroupUnderTest group = priced(setup().limit("firm", "max_data_age_ms", "1000"));
    group.advance(1_001_000);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R25");
  }

  @Test
  void a_score_that_is_no_number() throws UnreadableException {
    GroupUnderTest group = priced(setup());
    String line =
        new String(
                group.buy("1").model("m", 0.5, group.nowUs()).intent().toJson(),
                StandardCharsets.UTF_8)
            .replace("\"confidence\":0.5", "\"confidence\":\"NaN\"");
    var intent = WireReader.read(line.getBytes(StandardCharsets.UTF_8));
    var effects = group.fold("intents", intent, group.market(BTC));
    answer(effects.decisions().get(0), Verdict.DENY, "0", "R01", "R39");
  }

  @Test
  void a_throttle_that_a_restart_forgets() {
    GroupUnderTest group =
        priced(setup().limit("firm", "max_new_rate", "1").limit("firm", "max_duplicates", "1"));
    group.buy("1").limit("100").send();
    group.storeAndRestore();
    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R15", "R17");
  }

  @Test
  void a_throttle_that_does_not_count_what_was_refused() {
    GroupUnderTest group = priced(bounded().limit("firm", "max_new_rate", "2"));
    group.buy("1").limit("100").in("X:NOTHING").send();
    group.buy("1").limit("100").in("X:NOTHING").send();
    assertThat(group.buy("1").limit("100").send().ruling().reasons()).contains("R15");
  }

  @Test
  void a_count_of_duplicates_without_a_window() {
    GroupUnderTest group = priced(setup().limit("firm", "max_duplicates", "1"));
    group.buy("1").limit("100").send();
    answer(group.buy("1").limit("100").send(), Verdict.DENY, "0", "R17");
    group.clock(GroupUnderTest.HOUR);
    group.trade(BTC, "100");
    answer(group.buy("1").limit("100").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_state_that_only_people_change() {
    GroupUnderTest group = reducing("10");
    assertThat(group.events(Event.Type.TRADING_STATE)).isNotEmpty();
    group = priced(setup());
    group.crashed(BTC, true);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R30");
  }

  @Test
  void a_loss_that_blocks_nothing() {
    GroupUnderTest group = priced(setup().limit("account:demo", "max_daily_loss", "10"));
    group.fill(null, Side.BUY, "10", "100");
    group.trade(BTC, "98");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R21");
  }

  @Test
  void a_halt_by_one_bad_tick() {
    GroupUnderTest group =
        priced(setup().profile("max_drawdown", "{bound: '0.05', smoothing: '1m'}"));
    group.fill(null, Side.BUY, "100", "100");
    group.advance(1_000_000).trade(BTC, "1");
    group.advance(1).trade(BTC, "100");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_halt_that_ends_because_nothing_is_known() {
    GroupUnderTest group = reducing("10");
    group.command("HALT", "account:demo", "{}");
    group.forgetMarket(BTC);
    group.snapshot("demo", "0", "{}");
    group.clock(GroupUnderTest.DAY);
    assertThat(group.state().tradingState(Scope.FIRM)).isEqualTo(TradingState.REDUCING);
    assertThat(group.state().tradingState(Scope.account("demo"))).isEqualTo(TradingState.HALTED);
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);
  }

  @Test
  void a_halt_that_holds_up_an_exit() {
    GroupUnderTest group = priced(setup());
    group.fill(null, Side.BUY, "10", "100");
    group.command("HALT", "firm", "{}");
    var effects = group.command("FLATTEN", "account:demo", "{}");
    answer(effects.decisions().get(0), Verdict.ALLOW, "10");
    assertThat(effects.decisions().get(0).origin()).isEqualTo(Decision.Origin.OPERATOR);
  }

  @Test
  void a_halt_that_leaves_orders_resting() {
    GroupUnderTest group = priced(setup());
    group.buy("1").limit("90").id("a").send();
    group.sell("1").limit("110").id("b").send();
    group.command("HALT", "firm", "{cancel_orders: true}");
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).hasSize(2);
  }

  @Test
  void an_override_that_nobody_takes_back() {
    GroupUnderTest group = priced(bounded());
    long now = group.nowUs();
    group.command(
        "o", "OVERRIDE", "account:demo", "{intent_id: 'big', rules: ['R03']}", null, now + HOUR);
    group.clock(HOUR);
    group.trade(BTC, "1");
    answer(group.buy("9").id("big").send(), Verdict.SHRINK, "5", "R03");
  }

  @Test
  void orders_that_match_each_other() {
    GroupUnderTest group = priced(setup().with("self_match", "'deny'"));
    group.sell("1").limit("101").strategy("a").send();
    answer(group.buy("1").limit("101").strategy("b").send(), Verdict.DENY, "0", "R19");
  }

  @Test
  void books_that_the_venue_contradicts() {
    GroupUnderTest group = priced(setup().profile("max_recon_breaks", "1"));
    group.fill(null, Side.BUY, "4", "100");
    group.snapshot("demo", "10000", "{'X:BTC': ['3', '100']}");
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R40");
  }
}
