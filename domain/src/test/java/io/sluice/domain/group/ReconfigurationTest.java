package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group under one configuration after the other. */
class ReconfigurationTest {
  private static final String ACCOUNT =
      "[{id: 'demo', profile: 'p', currency: 'USD', kind: 'margin', cash: '10000',"
          + " leverage: '%s'%s}]";

  private static GroupUnderTest.Setup leverage(String leverage, String more) {
    return setup().with("accounts", String.format(ACCOUNT, leverage, more));
  }

  private static GroupUnderTest working() {
    GroupUnderTest group = leverage("10", "").start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "2", "100");
    group.buy("3").limit("90").id("a").send();
    group.amend("a").id("one").qty("4").send();
    group.status("one", Status.ACKED, "0");
    group.amend("a").id("two").qty("5").send();
    group.status("two", Status.ACKED, "0");
    return group;
  }

  @Test
  void an_account_s_new_terms_count_at_once_and_its_books_stay() {
    GroupUnderTest group = working();
    group.configure(leverage("0.1", ", desk: 'd'").limit("desk:d", "max_qty", "7").configuration());

    assertThat(group.position(BTC)).isEqualByComparingTo("2");
    assertThat(group.book().holding(BTC).buyQty()).isEqualByComparingTo("5");
    assertThat(group.book().orderOf("one")).isNotNull();
    assertThat(group.state().exposure(Scope.FIRM)).isEqualByComparingTo("650");
    assertThat(group.state().exposure(Scope.desk("d"))).isEqualByComparingTo("650");
    assertThat(group.state().peakEquity(Scope.desk("d"))).isEqualByComparingTo("10000");
    assertThat(group.buy("8").limit("100").send().ruling().approvedQty())
        .as("1,000 in all of which 650 are taken")
        .isEqualByComparingTo("3.5");
  }

  @Test
  void what_books_are_kept_in_cannot_change() {
    refused(setup().cash("10000").configuration(), "kind or currency");
    refused(
        setup()
            .with(
                "accounts",
                "[{id: 'other', profile: 'p', currency: 'USD', kind: 'margin', leverage: '1'}]")
            .configuration(),
        "out of group");
    refused(leverage("10", "").paper().configuration(), "execution.mode");
    refused(
        leverage("10", "")
            .with(
                "instruments",
                """
                [{id: 'X:BTC', base: 'BTC', quote: 'USD', tick: '0.01', lot: '0.001',
                  min_qty: '0.001', max_qty: '1000', min_notional: '1', multiplier: '10'}]
                """)
            .configuration(),
        "multiplier");
  }

  private static void refused(Configuration next, String why) {
    assertThatThrownBy(() -> working().configure(next))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  @Test
  void parts_that_come_again_or_out_of_turn_leave_no_trace() {
    GroupUnderTest group = working();
    Configuration next = leverage("10", "").limit("firm", "max_qty", "1").configuration();
    ConfigChunk whole = ConfigChunks.split(next).get(0);
    ConfigChunk first = part(whole, 1, "{instruments: []}");
    ConfigChunk second = new ConfigChunk(whole.hash(), 2, 2, whole.ruleSet(), whole.content());

    assertThat(group.fold("config", second, null)).as("nothing to follow").isNull();
    assertThat(group.fold("config", first, null)).isNotNull();
    assertThat(group.fold("config", first, null)).isNull();
    group.storeAndRestore();
    assertThat(group.fold("config", part(whole, 3, "{}"), null)).isNull();
    assertThat(group.fold("config", second, null)).isNotNull();
    assertThat(group.fold("config", second, null)).isNull();
    assertThat(group.buy("2").limit("90").send().ruling().approvedQty()).isEqualByComparingTo("1");
  }

  private static ConfigChunk part(ConfigChunk whole, int number, String content) {
    return new ConfigChunk(whole.hash(), number, 2, whole.ruleSet(), GroupUnderTest.json(content));
  }

  @Test
  void nothing_is_folded_before_a_configuration_or_under_rules_this_build_has_not() {
    GroupUnderTest empty = GroupUnderTest.empty();
    assertThatThrownBy(
            () ->
                empty.fold(new Entry("firm", new Cause("c", 0, 1, 0), 1, new ClockTick(1L), null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before its configuration");
    List<ConfigChunk> chunks = ConfigChunks.split(setup().configuration());
    ConfigChunk other =
        new ConfigChunk(
            chunks.get(0).hash(), 1, 1, chunks.get(0).ruleSet() + 1, chunks.get(0).content());
    assertThatThrownBy(() -> empty.fold("config", other, null)).hasMessageContaining("rule set");
  }
}
