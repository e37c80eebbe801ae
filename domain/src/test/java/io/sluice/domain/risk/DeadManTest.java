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
}
