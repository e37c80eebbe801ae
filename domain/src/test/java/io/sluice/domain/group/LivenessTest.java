package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.ETH;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a live gate says when nothing else happens. */
class LivenessTest {
  private static GroupUnderTest.Setup live() {
    return setup().with("clock", "'wall'");
  }

  private static String detail(Event event) {
    return new String(event.detail(), StandardCharsets.UTF_8);
  }

  @Test
  void every_clock_entry_of_the_wall_clock_is_a_heartbeat() {
    GroupUnderTest group = live().storing().start();
    group.command("HALT", "account:demo", "{}");
    group.clock(10 * SECOND);
    group.clock(10 * SECOND);

    assertThat(group.events(Event.Type.HEARTBEAT)).hasSize(2);
    Event beat = group.events(Event.Type.HEARTBEAT).get(1);
    assertThat(beat.severity()).isEqualTo(Event.Severity.INFO);
    assertThat(beat.scope()).isEqualTo("group:firm");
    assertThat(beat.eventTimeUs()).isEqualTo(group.nowUs());
    assertThat(detail(beat))
        .isEqualTo(
            "{\"seq\":"
                + group.state().seq()
                + ",\"limits_version\":1,\"params_version\":1,\"configuration_hash\":\""
                + group.state().configurationHash
                + "\",\"halts\":1,\"breaches\":0,\"stale\":0}");
  }

  @Test
  void a_clock_entry_that_comes_again_is_none() {
    GroupUnderTest group = live().start();
    group.clock(10 * SECOND);
    assertThat(group.fold("clock", new ClockTick(group.nowUs()), null)).isNull();
    assertThat(group.events(Event.Type.HEARTBEAT)).hasSize(1);
  }

  @Test
  void the_event_clock_has_no_heartbeat_and_no_silence() {
    GroupUnderTest group = setup().start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "1", "100");
    group.clock(HOUR);
    assertThat(group.events()).isEmpty();
  }

  private static List<Event> silences(GroupUnderTest group) {
    return group.events().stream()
        .filter(
            event -> event.type() == Event.Type.DATA_STALE || event.type() == Event.Type.DATA_FRESH)
        .toList();
  }

  private static void saysNothing(GroupUnderTest group) {
    assertThat(silences(group)).isEmpty();
  }

  private static void lastSays(GroupUnderTest group, int count, Event.Type type, String detail) {
    List<Event> silences = silences(group);
    assertThat(silences).hasSize(count);
    Event last = silences.get(count - 1);
    assertThat(last.type()).isEqualTo(type);
    assertThat(last.instrument()).isEqualTo(BTC);
    assertThat(last.scope()).isEqualTo("group:firm");
    assertThat(detail(last)).isEqualTo(detail);
  }

  @Test
  void the_silence_of_an_instrument_that_is_held_is_noticed_once_until_a_mark_ends_it() {
    GroupUnderTest group = live().limit("firm", "max_data_age_ms", "15000").storing().start();
    group.trade(BTC, "100");
    group.trade(ETH, "50");
    group.fill(null, Side.BUY, "1", "100");
    long last = group.nowUs();
    group.clock(15 * SECOND);
    saysNothing(group);
    group.clock(5 * SECOND);
    group.clock(10 * SECOND);
    lastSays(
        group,
        1,
        Event.Type.DATA_STALE,
        "{\"age_ms\":20000,\"bound_ms\":15000,\"last_us\":" + last + "}");
    assertThat(silences(group).get(0).severity()).isEqualTo(Event.Severity.ERROR);

    group.trade(BTC, "100");
    lastSays(
        group,
        2,
        Event.Type.DATA_FRESH,
        "{\"age_ms\":0,\"bound_ms\":15000,\"last_us\":" + group.nowUs() + "}");
    group.clock(20 * SECOND);
    assertThat(silences(group)).hasSize(3);
  }

  @Test
  void a_mark_is_as_old_as_its_oldest_stamp_and_one_that_is_too_old_ends_nothing() {
    GroupUnderTest group = live().limit("firm", "max_data_age_ms", "15000").start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "1", "100");
    group.clock(20 * SECOND);
    assertThat(silences(group)).hasSize(1);
    group.fold("trades", mark(group.nowUs(), group.nowUs() - 16 * SECOND), null);
    assertThat(silences(group)).hasSize(1);
    group.fold("trades", mark(group.nowUs() + 1, group.nowUs() - 15 * SECOND), null);
    lastSays(
        group,
        2,
        Event.Type.DATA_FRESH,
        "{\"age_ms\":15000,\"bound_ms\":15000,\"last_us\":" + (group.nowUs() - 15 * SECOND) + "}");
  }

  @Test
  void an_instrument_that_is_held_and_was_never_heard_of_is_noticed_too() {
    GroupUnderTest group = live().limit("firm", "max_data_age_ms", "15000").storing().start();
    group.fill(null, Side.BUY, "1", "100");
    group.clock(10 * SECOND);
    group.clock(10 * SECOND);
    saysNothing(group);
    group.clock(10 * SECOND);
    group.clock(10 * SECOND);
    lastSays(
        group, 1, Event.Type.DATA_STALE, "{\"age_ms\":20000,\"bound_ms\":15000,\"last_us\":null}");

    group.trade(BTC, "100");
    lastSays(
        group,
        2,
        Event.Type.DATA_FRESH,
        "{\"age_ms\":0,\"bound_ms\":15000,\"last_us\":" + group.nowUs() + "}");
  }

  @Test
  void what_was_never_heard_of_and_is_held_no_more_is_watched_no_more() {
    GroupUnderTest group = live().storing().start();
    group.fill(null, Side.BUY, "1", "100");
    group.clock(10 * SECOND);
    group.clock(70 * SECOND);
    assertThat(silences(group)).hasSize(1);
    group.fill(null, Side.SELL, "1", "100");
    group.clock(10 * SECOND);
    lastSays(group, 2, Event.Type.DATA_FRESH, "{\"age_ms\":0,\"bound_ms\":null,\"last_us\":null}");
    group.clock(HOUR);
    assertThat(silences(group)).hasSize(2);
  }

  private static Mark mark(long stampUs, long receivedUs) {
    BigDecimal price = new BigDecimal("100");
    return new Mark(BTC, price, price, price, stampUs, receivedUs, false, stampUs, 1);
  }

  @Test
  void an_order_at_work_counts_as_a_position_does_and_what_is_over_is_watched_no_more() {
    GroupUnderTest group = live().start();
    group.trade(BTC, "100");
    group.clock(HOUR);
    saysNothing(group);
    group.trade(BTC, "100");
    group.buy("1").limit("90").id("a").send();
    long last = group.nowUs();
    group.clock(61 * SECOND);
    lastSays(
        group,
        1,
        Event.Type.DATA_STALE,
        "{\"age_ms\":61000,\"bound_ms\":60000,\"last_us\":" + last + "}");
    group.status("a", OrderStatus.Status.CANCELLED, "0");
    group.clock(10 * SECOND);
    lastSays(
        group,
        2,
        Event.Type.DATA_FRESH,
        "{\"age_ms\":71000,\"bound_ms\":null,\"last_us\":" + last + "}");
  }

  @Test
  void of_the_accounts_that_hold_it_the_tightest_bound_counts() {
    GroupUnderTest group =
        live()
            .with("accounts", Play.ACCOUNTS)
            .with("profiles", "{p: {}, q: {}}")
            .limit("firm", "max_data_age_ms", "50000")
            .limit("account:demo", "max_data_age_ms", "20000")
            .limit("account:other", "max_data_age_ms", "1000")
            .limit("strategy:demo/s", "max_data_age_ms", "1")
            .start();
    group.trade(BTC, "100");
    group.fill(null, Side.BUY, "1", "100");
    group.clock(20 * SECOND);
    saysNothing(group);
    group.clock(10 * SECOND);
    assertThat(silences(group)).hasSize(1);
  }

  @Test
  void a_state_of_before_knows_of_no_silence() {
    GroupUnderTest group = live().storing().start();
    group.clock(SECOND);
    String head = new String(group.parts().get(StateParts.HEAD), StandardCharsets.UTF_8);
    assertThat(head).contains("\"stale\":[],");
    group
        .parts()
        .put(StateParts.HEAD, head.replace("\"stale\":[],", "").getBytes(StandardCharsets.UTF_8));

    assertThat(StateReader.read("firm", group.parts(), new StateParts()).stale).isEmpty();
  }

  /** A host whose clock is a year ahead must not be the last that is heard for a year. */
  @Test
  void a_tick_of_a_wrong_clock_silences_nobody() {
    GroupUnderTest group = live().start();
    long now = group.nowUs();
    Cause cause = new Cause("clock", 0, 1, 0);
    group.fold(new Entry("firm", cause, now + 10 * SECOND, new ClockTick(now + 365 * DAY), null));
    int beats = group.events(Event.Type.HEARTBEAT).size();
    group.fold(new Entry("firm", cause, now + 20 * SECOND, new ClockTick(now + 20 * SECOND), null));

    assertThat(group.events(Event.Type.HEARTBEAT)).hasSize(beats + 1);
    assertThat(beats).isPositive();
  }
}
