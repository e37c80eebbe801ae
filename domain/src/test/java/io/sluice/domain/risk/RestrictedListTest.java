package io.sluice.domain.risk;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static io.sluice.domain.risk.RuleAssert.answer;
import static io.sluice.domain.risk.RuleAssert.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.group.GroupUnderTest;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.wire.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** R33: what is on the restricted list may only be reduced. */
class RestrictedListTest {
  private final GroupUnderTest group = long10();

  private static GroupUnderTest long10() {
    GroupUnderTest group = setup().storing().start();
    group.trade(BTC, "100");
    group.trade(ETH, "50");
    group.fill(null, Side.BUY, "10", "100");
    return group;
  }

  private void refused(String why) {
    Event last = group.events().get(group.events().size() - 1);
    assertThat(last.type()).isEqualTo(Event.Type.COMMAND_REFUSED);
    assertThat(new String(last.detail(), StandardCharsets.UTF_8)).contains(why);
  }

  @Test
  void an_instrument_that_is_restricted_can_only_be_reduced() {
    group.command("RESTRICT", "firm", "{instruments: ['X:BTC']}");

    rule("R33", group.buy("1").send())
        .is(Result.REFUSED)
        .permits("0")
        .because("instrument X:BTC is on the restricted list of firm", "c-");
    answer(group.sell("4").send(), Verdict.REDUCE_ONLY, "4");
    answer(group.sell("20").send(), Verdict.REDUCE_ONLY, "6", "R33");
    answer(group.sell("1").send(), Verdict.DENY, "0", "R33");
    answer(group.buy("1").in(ETH).send(), Verdict.ALLOW, "1");
  }

  @Test
  void from_flat_nothing_opens() {
    group.command("RESTRICT", "firm", "{instruments: ['X:ETH']}");
    answer(group.buy("1").in(ETH).send(), Verdict.DENY, "0", "R33");
    answer(group.sell("1").in(ETH).send(), Verdict.DENY, "0", "R33");
  }

  @Test
  void an_order_at_work_cannot_be_amended_to_grow() {
    group.buy("1").limit("90").id("o").send();
    group.command("RESTRICT", "firm", "{assets: ['BTC']}");
    answer(group.amend("o").qty("5").send(), Verdict.DENY, "0", "R33");
    answer(group.cancel("o").send(), Verdict.ALLOW, "0");
  }

  @Test
  void an_asset_covers_every_instrument_on_it_and_a_scope_only_its_orders() {
    group.command("RESTRICT", "strategy:demo/s", "{assets: ['ETH']}");
    answer(group.buy("1").in(ETH).send(), Verdict.DENY, "0", "R33");
    answer(group.buy("1").in(ETH).strategy("t").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
  }

  @Test
  void it_begins_and_ends_at_its_times() {
    long now = group.nowUs();
    group.command("r", "RESTRICT", "firm", "{assets: ['BTC']}", now + MINUTE, now + HOUR);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.state().nextCrossingUs()).isEqualTo(now + MINUTE);
    group.clock(MINUTE);
    answer(group.buy("1").send(), Verdict.DENY, "0", "R33");
    assertThat(group.state().nextCrossingUs()).isEqualTo(now + HOUR);
    group.clock(HOUR - MINUTE);
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    assertThat(group.events())
        .extracting(Event::type)
        .containsExactly(Event.Type.RESTRICTED, Event.Type.RESTRICTED, Event.Type.UNRESTRICTED);
  }

  @Test
  void one_of_several_is_taken_off_and_the_rest_stays() {
    group.command("RESTRICT", "firm", "{instruments: ['X:BTC', 'X:ETH']}");
    group.command("UNRESTRICT", "firm", "{instruments: ['X:BTC']}");
    answer(group.buy("1").send(), Verdict.ALLOW, "1");
    answer(group.buy("1").in(ETH).send(), Verdict.DENY, "0", "R33");
  }

  @Test
  void what_is_unknown_is_refused_rather_than_doing_nothing() {
    group.command("RESTRICT", "firm", "{instruments: ['X:BTCC']}");
    refused("instrument X:BTCC is not in the configuration's instruments");
    group.command("RESTRICT", "firm", "{assets: ['DOGE']}");
    refused("asset DOGE is not in");
    group.command("RESTRICT", "firm", "{}");
    refused("body names nothing");
    group.command("RESTRICT", "firm", "{assets: 'BTC'}");
    refused("expected a list of texts");
    group.command("RESTRICT", "venue:X", "{assets: ['BTC']}");
    refused("expected one of the kinds [FIRM, DESK, ACCOUNT, STRATEGY]");
    group.command("RESTRICT", "firm", "{assets: ['BTC']}");
    group.command("UNRESTRICT", "account:demo", "{assets: ['BTC']}");
    refused("asset BTC is not on the restricted list of account:demo");
  }

  @Test
  void taking_off_loosens() {
    GroupUnderTest tight = setup().with("control", "{authority: 'tighten'}").start();
    tight.trade(BTC, "100");
    tight.command("RESTRICT", "firm", "{assets: ['BTC']}");
    tight.command("UNRESTRICT", "firm", "{assets: ['BTC']}");
    assertThat(tight.events(Event.Type.COMMAND_REFUSED)).hasSize(1);
    answer(tight.buy("1").send(), Verdict.DENY, "0", "R33");
  }
}
