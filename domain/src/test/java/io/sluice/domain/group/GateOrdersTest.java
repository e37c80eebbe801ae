package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The orders that the gate itself makes: flatten by command and by breach, paper and venue. */
class GateOrdersTest {
  private GroupUnderTest group;

  @AfterEach
  void the_journal_verifies_and_the_gate_s_decisions_are_counted_apart() {
    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
    assertThat(verifier.decisions()).isEqualTo(group.decisions().size());
    assertThat(group.state().counters().gateDecisions()).isEqualTo(ownDecisions().size());
  }

  private List<Decision> ownDecisions() {
    return group.decisions().stream().filter(decision -> !decision.origin().isAsked()).toList();
  }

  private GroupUnderTest long10(GroupUnderTest.Setup setup) {
    group = setup.storing().start();
    group.trade(BTC, "100");
    group.trade(ETH, "50");
    group.fill(null, Side.BUY, "10", "100");
    return group;
  }

  @Test
  void a_command_closes_what_is_open_while_halted_and_asks_for_cancels() {
    long10(setup());
    group.fill("e", null, ETH, Side.SELL, "4", "50", "0");
    group.buy("1").limit("90").id("resting").send();
    group.command("f", "FLATTEN", "firm", "{}", null, null);

    assertThat(ownDecisions())
        .extracting(
            d -> d.origin() + " " + d.instrument() + " " + d.side() + " " + d.requestedQty())
        .containsExactly("OPERATOR X:BTC SELL 10", "OPERATOR X:ETH BUY 4");
    for (Decision decision : ownDecisions()) {
      assertThat(decision.intentId()).startsWith("sluice:");
      assertThat(decision.ruling().verdict()).isEqualTo(Verdict.ALLOW);
      assertThat(decision.reduceOnly()).isTrue();
      assertThat(decision.orderType()).isEqualTo(io.sluice.domain.wire.OrderType.MARKET);
    }
    assertThat(group.events(Event.Type.CANCEL_REQUEST))
        .extracting(event -> new String(event.detail(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly("{\"intent_id\":\"resting\",\"leaves_qty\":\"1\",\"by\":\"FLATTEN\"}");
    assertThat(group.sell("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);

    String id = ownDecisions().get(0).intentId();
    group.fill(id, Side.SELL, "10", "99");
    assertThat(group.position(BTC)).isZero();
    assertThat(group.book().holding(BTC).sellQty()).isZero();
  }

  /**
   * All that one entry brings about stands in one journal line, which Kafka takes up to 4 MiB of.
   */
  @Test
  void of_more_than_a_line_holds_another_command_closes_the_rest() {
    int open = GateOrders.OF_AN_ENTRY + 50;
    group = setup().unknownBooks().storing().start();
    group.snapshot("demo", "10000", positions(open));
    group.command("f", "FLATTEN", "firm", "{}", null, null);
    assertThat(ownDecisions()).hasSize(GateOrders.OF_AN_ENTRY);
    assertThat(group.events(Event.Type.EXIT)).hasSize(GateOrders.OF_AN_ENTRY);
    assertThat(group.lines().get(group.lines().size() - 1).length).isLessThan(2 << 20);
    assertThat(group.events(Event.Type.FLATTEN_UNFINISHED))
        .extracting(event -> new String(event.detail(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly(
            "{\"what\":\"positions\",\"left\":50,\"at_once\":1000,\"by\":\"FLATTEN\"}");
    assertThat(group.buy("1").send().ruling().verdict()).isEqualTo(Verdict.HALT);

    group.command("g", "FLATTEN", "firm", "{}", null, null);
    assertThat(ownDecisions()).hasSize(open);
    assertThat(ownDecisions()).extracting(Decision::instrument).doesNotHaveDuplicates();
    assertThat(group.events(Event.Type.FLATTEN_UNFINISHED)).hasSize(1);
  }

  private static String positions(int count) {
    StringBuilder positions = new StringBuilder();
    for (int i = 0; i < count; i++) {
      positions.append(positions.isEmpty() ? "{" : ", ").append("'X:I").append(i);
      positions.append("': ['1', '100']");
    }
    return positions.append('}').toString();
  }

  @Test
  void no_more_cancels_are_asked_for_than_a_line_holds() {
    group = setup().start();
    group.trade(BTC, "100");
    for (int i = 0; i < GateOrders.OF_AN_ENTRY + 3; i++) {
      group.buy("0.1").limit("90").id("resting-" + i).send();
    }
    group.command("h", "HALT", "firm", "{cancel_orders: true}", null, null);
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).hasSize(GateOrders.OF_AN_ENTRY);
    assertThat(group.events(Event.Type.FLATTEN_UNFINISHED))
        .extracting(event -> new String(event.detail(), java.nio.charset.StandardCharsets.UTF_8))
        .containsExactly("{\"what\":\"orders\",\"left\":3,\"at_once\":1000,\"by\":\"h\"}");
  }

  @Test
  void on_paper_it_fills_at_the_first_mark_from_the_latency_on() {
    group = setup().paper().storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    group.command("f", "FLATTEN", "account:demo", "{}", null, null);
    group.advance(249_999).mark(BTC, "95");
    assertThat(group.position(BTC)).isEqualByComparingTo("10");
    group.advance(1).mark(BTC, "96");
    assertThat(group.position(BTC)).isZero();
    assertThat(group.book().cash()).isEqualByComparingTo("9960");
    group.advance(1_000_000).mark(BTC, "97");
    assertThat(ownDecisions()).hasSize(1);
  }

  @Test
  void on_paper_it_fills_at_an_intent_s_snapshot_even_of_the_price_that_is_known() {
    group = setup().paper().storing().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "10", "100");
    group.buy("1").send();
    group.command("f", "FLATTEN", "account:demo", "{}", null, null);
    group.advance(249_999).buy("1").send();
    assertThat(group.position(BTC)).isEqualByComparingTo("10");
    group.advance(1).buy("1").send();
    assertThat(group.position(BTC)).isZero();
  }

  @Test
  void a_breach_that_flattens_closes_once_and_again_what_fills_later() {
    long10(
        setup()
            .limit("firm", "max_drawdown", "{bound: '0.01', then: 'flatten', release: 'person'}"));
    group.buy("2").limit("100").id("late").send();
    group.trade(BTC, "90");
    group.advance(1).mark(BTC, "89");
    assertThat(ownDecisions()).hasSize(1);
    assertThat(ownDecisions().get(0).origin()).isEqualTo(Decision.Origin.STOP);
    group.fill(ownDecisions().get(0).intentId(), Side.SELL, "10", "89");
    group.fill("late", Side.BUY, "2", "89");
    group.advance(1).mark(BTC, "88");
    assertThat(ownDecisions()).hasSize(2);
    assertThat(ownDecisions().get(1).requestedQty()).isEqualByComparingTo("2");
  }

  @Test
  void what_the_executor_did_not_send_is_tried_again_while_the_reason_stands() {
    long10(
        setup()
            .limit("firm", "max_drawdown", "{bound: '0.01', then: 'flatten', release: 'person'}"));
    group.trade(BTC, "90");
    group.status(ownDecisions().get(0).intentId(), OrderStatus.Status.EXPIRED, "0");
    group.advance(1).mark(BTC, "89");
    assertThat(ownDecisions()).hasSize(2);
    assertThat(ownDecisions().get(1).intentId()).isNotEqualTo(ownDecisions().get(0).intentId());
  }

  @Test
  void a_scope_of_an_instrument_leaves_the_others_open_and_a_strategy_s_is_refused() {
    long10(setup());
    group.fill("e", null, ETH, Side.BUY, "4", "50", "0");
    group.command("f", "FLATTEN", "instrument:X:ETH", "{}", null, null);
    assertThat(ownDecisions()).extracting(Decision::instrument).containsExactly(ETH);
    group.command("g", "FLATTEN", "strategy:demo/s", "{}", null, null);
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).hasSize(1);
  }

  @Test
  void a_halt_may_ask_for_the_cancel_of_what_rests_in_its_scope() {
    long10(setup());
    group.buy("1").limit("90").id("a").send();
    group.buy("1").limit("90").id("b").strategy("other").send();
    group.command("h", "HALT", "strategy:demo/other", "{cancel_orders: true}", null, null);
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).hasSize(1);
    group.command("i", "HALT", "venue:X", "{}", null, null);
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).hasSize(1);
    group.command("j", "HALT", "venue:X", "{cancel_orders: true}", null, null);
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).hasSize(3);
  }

  @Test
  void a_breaker_may_ask_for_the_cancel_of_what_rests_in_its_scope() {
    long10(
        setup()
            .limit(
                "firm",
                "max_drawdown",
                "{bound: '0.01', then: 'halt', release: 'person', cancel_orders: true}"));
    group.buy("1").limit("80").id("a").send();
    group.buy("1").limit("80").id("b").send();
    group.advance(1).mark(BTC, "89");
    assertThat(group.events(Event.Type.BREACH)).hasSize(1);
    assertThat(group.events(Event.Type.CANCEL_REQUEST))
        .extracting(Event::scope)
        .containsExactly("account:demo", "account:demo");
    group.advance(1).mark(BTC, "88");
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).as("once a breach").hasSize(2);
  }

  @Test
  void a_gate_in_shadow_closes_nothing_by_itself_and_what_a_person_orders() {
    long10(
        setup()
            .limit("firm", "max_drawdown", "{bound: '0.01', then: 'flatten', release: 'person'}"));
    group.command("ROLLOUT", "firm", "{percent: '0'}");
    group.trade(BTC, "90");
    group.advance(1).mark(BTC, "89");
    assertThat(group.events(Event.Type.BREACH)).hasSize(1);
    assertThat(group.events(Event.Type.CANCEL_REQUEST)).isEmpty();
    assertThat(ownDecisions()).isEmpty();
    group.command("f", "FLATTEN", "firm", "{}", null, null);
    assertThat(ownDecisions())
        .extracting(Decision::origin)
        .containsExactly(Decision.Origin.OPERATOR);
  }
}
