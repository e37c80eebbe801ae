package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.TradingState;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
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
}
