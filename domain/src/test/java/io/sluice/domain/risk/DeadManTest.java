package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** K02: who promised heartbeats and is silent does not trade. */
class DeadManTest {
  private static GroupUnderTest group(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    return group;
  }

  @Test
  void an_account_trades_from_its_first_heartbeat_until_it_is_silent() {
    GroupUnderTest group = group(setup().limit("account:demo", "max_silence_ms", "30000"));
    answer(group.buy("1").send(), Verdict.DENY, "0", "K02");
    rule("K02", group.buy("1").send()).because("no heartbeat of account:demo", "HEARTBEAT");

    group.heartbeat("account:demo");
    group.advance(30 * SECOND);
    rule("K02", group.buy("1").send()).is(Result.PASS).saw("30000", "30000");
    group.advance(30 * SECOND + 1000);
    answer(group.buy("1").send(), Verdict.DENY, "0", "K02");
    rule("K02", group.buy("1").send()).saw("30001", "30000").because("silent", "account:demo");
    group.heartbeat("account:demo");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void intents_of_who_is_alive_are_signs_of_life_and_those_after_a_silence_are_not() {
    GroupUnderTest group = group(setup().profile("max_silence_ms", "10000"));
    group.heartbeat("account:demo");
    for (int i = 0; i < 5; i++) {
      group.advance(9 * SECOND);
      answer(group.buy("1").send(), Verdict.ALLOW, "1");
    }
    group.advance(11 * SECOND);
    answer(group.buy("1").send(), Verdict.DENY, "0", "K02");
    answer(group.buy("1").send(), Verdict.DENY, "0", "K02");
  }

  @Test
  void a_strategy_answers_for_itself() {
    GroupUnderTest group = group(setup().limit("strategy:demo/s", "max_silence_ms", "10000"));
    group.heartbeat("account:demo");
    answer(group.buy("1").strategy("s").send(), Verdict.DENY, "0", "K02");
    answer(group.buy("1").strategy("other").send(), Verdict.ALLOW, "1");
    group.heartbeat("strategy:demo/s");
    answer(group.buy("1").strategy("s").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_heartbeat_counts_from_when_it_was_sent() {
    GroupUnderTest group = group(setup().profile("max_silence_ms", "10000"));
    long sentUs = group.nowUs();
    group.advance(MINUTE);
    group.heartbeat("account:demo", sentUs);
    answer(group.buy("1").send(), Verdict.DENY, "0", "K02");
    group.heartbeat("account:demo", group.nowUs() + MINUTE);
    group.advance(11 * SECOND);
    answer(group.buy("1").send(), Verdict.DENY, "0", "K02");
  }

  private static List<String> said(GroupUnderTest group) {
    return group.events().stream()
        .filter(event -> event.type() == Event.Type.SILENT || event.type() == Event.Type.HEARD)
        .map(event -> event.type() + " " + event.scope())
        .toList();
  }

  @Test
  void a_silence_is_an_event_when_it_begins_and_when_it_ends() {
    GroupUnderTest group = group(setup().limit("account:demo", "max_silence_ms", "30000"));
    group.clock(MINUTE);
    assertThat(said(group)).as("who was never heard of is no news").isEmpty();
    group.heartbeat("account:demo");
    assertThat(said(group)).containsExactly("HEARD account:demo");
    long sentUs = group.nowUs();
    assertThat(group.state().nextCrossingUs()).isEqualTo(sentUs + 30 * SECOND + 1);

    group.advance(20 * SECOND);
    group.buy("1").send();
    assertThat(group.state().nextCrossingUs()).isEqualTo(sentUs + 50 * SECOND + 1);
    group.clock(30 * SECOND);
    assertThat(said(group)).hasSize(1);
    group.clock(1);
    assertThat(said(group)).endsWith("SILENT account:demo").hasSize(2);
    Event silent = group.events(Event.Type.SILENT).get(0);
    assertThat(silent.severity()).isEqualTo(Event.Severity.ERROR);
    assertThat(new String(silent.detail(), StandardCharsets.UTF_8))
        .isEqualTo("{\"last_us\":" + (sentUs + 20 * SECOND) + ",\"bound_ms\":30000}");

    group.clock(MINUTE);
    group.buy("1").send();
    assertThat(said(group)).as("once, and no order ends it").hasSize(2);
    group.heartbeat("account:demo");
    assertThat(said(group)).endsWith("HEARD account:demo").hasSize(3);
    group.heartbeat("account:demo");
    assertThat(said(group)).hasSize(3);
  }

  @Test
  void it_begins_with_whatever_comes_next() {
    GroupUnderTest group = group(setup().limit("strategy:demo/s", "max_silence_ms", "10000"));
    group.heartbeat("strategy:demo/s");
    group.advance(MINUTE);
    group.heartbeat("strategy:demo/s");
    assertThat(said(group))
        .containsExactly(
            "HEARD strategy:demo/s", "SILENT strategy:demo/s", "HEARD strategy:demo/s");
  }

  @Test
  void limits_that_change_begin_and_end_silences() {
    GroupUnderTest group = group(setup());
    group.heartbeat("account:demo");
    group.clock(MINUTE);
    assertThat(said(group)).isEmpty();
    group.command(
        "l", "SET_LIMITS", "firm", "{max_silence_ms: '10000'}", null, group.nowUs() + MINUTE);
    assertThat(said(group)).containsExactly("SILENT account:demo");
    group.clock(MINUTE);
    assertThat(said(group)).endsWith("HEARD account:demo").hasSize(2);
    group.configure(setup().profile("max_silence_ms", "30000").configuration());
    assertThat(said(group)).endsWith("SILENT account:demo").hasSize(3);
    group.configure(setup().profile("max_silence_ms", "300000").configuration());
    assertThat(said(group)).endsWith("HEARD account:demo").hasSize(4);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_heartbeat_that_asks_is_answered() {
    GroupUnderTest group = group(setup().profile("max_silence_ms", "10000"));
    for (int i = 0; i < 3; i++) {
      group.command("b" + i, "HEARTBEAT", "account:demo", "{answer: true}", null, null);
    }
    List<Event> heard = group.events(Event.Type.HEARD);
    assertThat(heard).hasSize(3);
    assertThat(new String(heard.get(2).detail(), StandardCharsets.UTF_8))
        .startsWith("{\"command_id\":\"b2\",\"group\":\"firm\",\"command\":\"HEARTBEAT\"")
        .endsWith("\"bound_ms\":10000,\"is_silent\":false}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void a_heartbeat_that_nobody_asked_for_is_refused_and_none_is_remembered_by_its_id() {
    GroupUnderTest group = group(setup().limit("strategy:demo/s", "max_silence_ms", "10000"));
    group.heartbeat("strategy:demo/made-up");
    group.heartbeat("firm");
    assertThat(group.events(Event.Type.COMMAND_REFUSED)).hasSize(2);
    int parts = group.parts().size();
    for (int i = 0; i < 10; i++) {
      group.heartbeat("strategy:demo/s");
    }
    assertThat(group.parts()).hasSizeLessThanOrEqualTo(parts + 1);
  }

  private static List<String> cancelled(GroupUnderTest group) {
    return group.events(Event.Type.CANCEL_REQUEST).stream()
        .map(event -> event.scope() + " " + new String(event.detail(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void a_silence_asks_for_the_cancel_of_what_rests_where_the_limit_says_so() {
    GroupUnderTest group =
        group(
            setup()
                .limit("firm", "max_silence_ms", "{bound: '60000', cancel_orders: true}")
                .limit("account:demo", "max_silence_ms", "30000"));
    group.heartbeat("account:demo");
    group.buy("1").id("one").limit("99").send();
    group.buy("2").id("two").limit("98").send();
    group.status("two", io.sluice.domain.wire.OrderStatus.Status.CANCELLED, "0");
    group.clock(30 * SECOND);
    assertThat(cancelled(group)).isEmpty();
    group.clock(1);
    assertThat(cancelled(group))
        .containsExactly(
            "account:demo {\"intent_id\":\"one\",\"leaves_qty\":\"1\",\"by\":\"max_silence_ms\"}");
    group.clock(MINUTE);
    assertThat(cancelled(group)).as("once").hasSize(1);

    GroupUnderTest ofStrategy =
        group(
            setup()
                .limit(
                    "strategy:demo/s", "max_silence_ms", "{bound: '9000', cancel_orders: true}"));
    ofStrategy.heartbeat("strategy:demo/s");
    ofStrategy.buy("1").id("its").strategy("s").limit("99").send();
    ofStrategy.buy("1").id("another's").strategy("t").limit("99").send();
    ofStrategy.clock(MINUTE);
    assertThat(cancelled(ofStrategy)).hasSize(1).first().asString().contains("its");

    GroupUnderTest without = group(setup().limit("account:demo", "max_silence_ms", "30000"));
    without.heartbeat("account:demo");
    without.buy("1").limit("99").send();
    without.clock(MINUTE);
    assertThat(cancelled(without)).as("nobody has asked for it").isEmpty();
  }
}
