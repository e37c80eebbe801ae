package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.PaperTick;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What an account would have come to without the gate. */
class TwinTest {
  private static final String WITH_TWIN =
      "{mode: 'paper', latency_ms: 250, fee: '0', slippage: '0', twin: true}";

  private final GroupUnderTest group = priced(paper());

  private static GroupUnderTest.Setup paper() {
    return setup().paper().with("execution", WITH_TWIN).limit("firm", "max_qty", "10");
  }

  private static GroupUnderTest priced(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  private AccountBook twin() {
    return group.state().twins.get("demo").book();
  }

  private void filled(String id, String price) {
    group.tick(id, PaperTick.Status.FILLED, price);
  }

  @Test
  void it_trades_what_was_asked_for_and_the_account_what_was_approved() {
    group.buy("50").id("b").send();
    filled("b", "100");
    assertThat(group.position(BTC)).isEqualByComparingTo("10");
    assertThat(twin().holding(BTC).position().qty()).isEqualByComparingTo("50");

    group.trade(BTC, "90");
    assertThat(group.book().equity()).isEqualByComparingTo("9900");
    assertThat(twin().equity()).isEqualByComparingTo("9500");
    assertThat(group.state().twins.get("demo").deepestDrawdown()).isEqualByComparingTo("0.05");

    group.sell("50").id("s").send();
    filled("s", "90");
    assertThat(group.state().twins.get("demo").roundTrips()).isEqualTo(new RoundTrips(1, 0));
    assertThat(group.state().twins.get("demo").gated()).isEqualTo(new RoundTrips(1, 0));
    assertThat(twin().orders().all()).allMatch(order -> order.openQty().signum() == 0);
  }

  @Test
  void a_refused_order_and_its_amendment_trade_there_too() {
    group.command("HALT", "firm", "{}");
    group.buy("2").limit("95").id("o").send();
    group.amend("o").id("a").qty("3").limit("96").send();
    filled("o", "95");
    assertThat(twin().holding(BTC).position().isFlat()).as("the older version").isTrue();
    filled("a", "96");
    assertThat(twin().holding(BTC).position().qty()).isEqualByComparingTo("3");
    assertThat(group.position(BTC)).isEqualByComparingTo("0");
  }

  @Test
  void an_order_that_ends_without_a_trade_ends_there_and_one_that_is_not_valid_never_is() {
    group.buy("20").limit("90").id("o").send();
    group.tick("o", PaperTick.Status.CANCELLED, null);
    group.buy("0.0001").id("tiny").send();
    filled("tiny", "100");
    group.clock(2 * SECOND);
    assertThat(twin().orders().all()).isEmpty();
    assertThat(twin().equity()).isEqualByComparingTo("10000");
  }

  @Test
  void the_day_ends_with_a_comparison() {
    group.buy("50").id("b").send();
    filled("b", "100");
    group.trade(BTC, "110");
    group.clock(DAY);
    Event event = group.events(Event.Type.TWIN).get(0);
    assertThat(event.scope()).isEqualTo("account:demo");
    assertThat(new String(event.detail(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"gated\":{\"equity\":\"10100\",\"pnl\":\"100\",\"return\":\"0.01\","
                + "\"max_drawdown\":\"0\",\"round_trips\":0,\"win_rate\":null},"
                + "\"ungated\":{\"equity\":\"10500\",\"pnl\":\"500\",\"return\":\"0.05\","
                + "\"max_drawdown\":\"0\",\"round_trips\":0,\"win_rate\":null}}");
    assertThat(new String(GroupSummary.of(group.state()), StandardCharsets.UTF_8))
        .contains("\"twin\":{\"gated\":{", "\"ungated\":{\"equity\":\"10500\"");
  }

  @Test
  void nobody_has_one_who_does_not_ask_and_one_stands_still_that_is_asked_for_no_more() {
    GroupUnderTest without = priced(setup().paper());
    assertThat(without.state().twins.get("demo")).isNull();
    assertThat(new String(GroupSummary.of(without.state()), StandardCharsets.UTF_8))
        .doesNotContain("twin");

    group.buy("50").id("b").send();
    filled("b", "100");
    group.buy("1").id("c").send();
    group.configure(setup().paper().limit("firm", "max_qty", "10").configuration());
    group.trade(BTC, "50");
    assertThat(group.state().twins.get("demo")).isNull();
    group.configure(paper().configuration());
    assertThat(twin().holding(BTC).position().qty()).isEqualByComparingTo("50");
  }

  @Test
  void there_is_none_where_orders_are_executed_elsewhere() {
    assertThatThrownBy(
            () -> setup().with("execution", "{mode: 'external', twin: true}").configuration())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("no twin with mode external");
  }
}
