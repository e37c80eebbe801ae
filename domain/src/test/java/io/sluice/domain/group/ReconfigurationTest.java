package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.ConfigChunks;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.journal.Verifier;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.ConfigChunk;
import io.sluice.domain.wire.OrderStatus.Status;
import io.sluice.domain.wire.Side;
import java.nio.charset.StandardCharsets;
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
    assertThat(group.book().orders().of("one")).isNotNull();
    assertThat(group.state().aggregates().exposure(Scope.FIRM)).isEqualByComparingTo("650");
    assertThat(group.state().aggregates().exposure(Scope.desk("d"))).isEqualByComparingTo("650");
    assertThat(group.state().aggregates().peakEquity(Scope.desk("d")))
        .isEqualByComparingTo("10000");
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
    GroupUnderTest group = working();
    String inForce = group.state().configurationHash;
    long version = group.state().limitsVersion();
    long lines = group.lines().size();

    group.configure(next);

    assertThat(refusal(group)).contains(why, ConfigChunks.hash(next), inForce);
    assertThat(group.lines()).as("the entry stands in the journal").hasSize((int) lines + 1);
    assertThat(group.state().configurationHash).isEqualTo(inForce);
    assertThat(group.state().limitsVersion()).isEqualTo(version);
    assertThat(group.buy("1").limit("90").send().ruling().approvedQty()).isEqualByComparingTo("1");
  }

  /** The detail of the one refusal that the newest entry brought. */
  private static String refusal(GroupUnderTest group) {
    List<Event> refusals = group.events(Event.Type.CONFIG_REFUSED);
    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).scope()).isEqualTo("group:firm");
    assertThat(refusals.get(0).severity()).isEqualTo(Event.Severity.CRITICAL);
    return new String(refusals.get(0).detail(), StandardCharsets.UTF_8);
  }

  @Test
  void parts_that_are_no_configuration_are_refused_and_the_one_in_force_stays() {
    ConfigChunk right = ConfigChunks.split(leverage("5", "").configuration()).get(0);
    for (JsonNode content :
        new JsonNode[] {
          null,
          GroupUnderTest.json("{}"),
          GroupUnderTest.json("{clock: 'noon'}"),
          GroupUnderTest.json("{limits: [{scope: 'firm', max_qty: [7]}]}"),
          GroupUnderTest.json("{accounts: [null]}"),
          GroupUnderTest.json("{profiles: 7}"),
        }) {
      GroupUnderTest group = working();
      group.fold("config", new ConfigChunk(right.hash(), 1, 1, right.ruleSet(), content), null);
      assertThat(refusal(group)).as("%s", content).contains("config entry", right.hash());
      group.storeAndRestore();
      assertThat(group.buy("1").limit("90").send().ruling().approvedQty())
          .isEqualByComparingTo("1");
      assertThat(group.fold("config", right, null).events())
          .extracting(Event::type)
          .containsExactly(Event.Type.CONFIGURED);
    }
  }

  @Test
  void a_first_configuration_that_is_refused_leaves_the_group_without_one() {
    GroupUnderTest group = GroupUnderTest.emptyStoring();
    ConfigChunk right = ConfigChunks.split(setup().configuration()).get(0);
    group.fold(
        "config",
        new ConfigChunk(right.hash(), 1, 1, right.ruleSet(), GroupUnderTest.json("{}")),
        null);

    assertThat(refusal(group)).contains("\"hash_in_force\":null");
    assertThatThrownBy(() -> group.clock(1)).hasMessageContaining("before its configuration");
    assertThat(group.fold("config", right, null).events()).isEmpty();
  }

  @Test
  void a_change_of_configuration_is_an_event_and_the_first_one_is_none() {
    GroupUnderTest group = working();
    assertThat(group.events()).isEmpty();
    Configuration next = leverage("5", "").configuration();
    group.configure(next);

    assertThat(group.events(Event.Type.CONFIGURED)).hasSize(1);
    Event configured = group.events().get(0);
    assertThat(configured.scope()).isEqualTo("group:firm");
    assertThat(new String(configured.detail(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"hash\":\""
                + ConfigChunks.hash(next)
                + "\",\"limits_version\":2,\"by\":null,\"reason\":null,\"changed\":[\"accounts\"]}");
  }

  @Test
  void refusals_verify() {
    GroupUnderTest group = working();
    group.configure(setup().cash("10000").configuration());
    group.configure(leverage("5", "").configuration());
    group.buy("1").limit("90").send();

    Verifier verifier = Verifier.ofFile();
    for (byte[] line : group.lines()) {
      assertThat(verifier.check(line)).isNull();
    }
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

  @Test
  void the_event_says_who_changed_what_and_why() {
    GroupUnderTest group = setup().storing().start();
    group.configure(
        setup()
            .limit("firm", "max_qty", "7")
            .with("valid_for_ms", "4000")
            .with("change", "{by: 'ann', reason: 'smaller while the venue is new'}")
            .configuration());
    group.configure(setup().limit("firm", "max_qty", "8").configuration());
    assertThat(group.events(Event.Type.CONFIGURED))
        .extracting(event -> new String(event.detail(), StandardCharsets.UTF_8))
        .satisfiesExactly(
            detail ->
                assertThat(detail)
                    .endsWith(
                        "\"by\":\"ann\",\"reason\":\"smaller while the venue is new\","
                            + "\"changed\":[\"change\",\"limits\",\"valid_for_ms\"]}"),
            detail ->
                assertThat(detail)
                    .endsWith(
                        "\"by\":null,\"reason\":null,"
                            + "\"changed\":[\"change\",\"limits\",\"valid_for_ms\"]}"));
  }
}
