package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.Side;
import org.junit.jupiter.api.Test;

/** R40: an account whose books the venue contradicts does not open until that is resolved. */
class ReconciliationBreakTest {
  private static GroupUnderTest held(GroupUnderTest.Setup setup) {
    GroupUnderTest group = setup.storing().start();
    group.trade(BTC, "100");
    group.advance(1);
    group.fill(null, Side.BUY, "4", "100");
    return group;
  }

  @Test
  void a_position_that_the_venue_does_not_have_reduces_until_its_snapshot_agrees() {
    GroupUnderTest group = held(setup().profile("max_recon_breaks", "1"));
    group.snapshot("demo", "10000", "{'X:BTC': ['4', '100']}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");

    group.snapshot("demo", "10000", "{'X:BTC': ['3', '100']}");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R40");
    rule("R40", group.buy("1").send()).saw("1", "1").because("max_recon_breaks", "account:demo");
    answer(group.sell("4").send(), Verdict.REDUCE_ONLY, "4");
    assertThat(group.events(Event.Type.BREACH)).hasSize(1);

    group.snapshot("demo", "10000", "{'X:BTC': ['4', '100']}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.events(Event.Type.RESUME)).hasSize(1);
  }

  @Test
  void a_contradicting_fill_halts_where_the_limit_says_so_until_a_person_resumes() {
    GroupUnderTest group =
        held(setup().profile("max_recon_breaks", "{bound: '1', then: 'halt', release: 'person'}"));
    group.fill("f", null, BTC, Side.BUY, "1", "100", "0");
    group.fill("f", null, BTC, Side.BUY, "2", "100", "0");
    answer(group.sell("1").send(), Verdict.HALT, "0", "R40");

    group.command("RESUME", "account:demo", "{}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.state().aggregates().openBreaks("demo")).isZero();
  }

  @Test
  void the_same_difference_again_is_one_and_two_are_two() {
    GroupUnderTest group = held(setup().profile("max_recon_breaks", "2"));
    group.snapshot("demo", "9000", "{'X:BTC': ['4', '100']}");
    group.snapshot("demo", "9000", "{'X:BTC': ['4', '100']}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    group.snapshot("demo", "9000", "{'X:BTC': ['5', '100']}");
    answer(group.buy("1").send(), Verdict.DENY, "0", "R40");
  }

  @Test
  void without_the_limit_a_difference_is_an_event_only() {
    GroupUnderTest group = held(setup());
    group.snapshot("demo", "10000", "{'X:BTC': ['3', '100']}");
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }
}
