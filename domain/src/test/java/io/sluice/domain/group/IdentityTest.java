package io.sluice.domain.group;

import static io.sluice.domain.group.GroupUnderTest.BTC;
import static io.sluice.domain.group.GroupUnderTest.DAY;
import static io.sluice.domain.group.GroupUnderTest.HOUR;
import static io.sluice.domain.group.GroupUnderTest.MINUTE;
import static io.sluice.domain.group.GroupUnderTest.SECOND;
import static io.sluice.domain.group.GroupUnderTest.setup;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.Mark;
import io.sluice.domain.wire.PaperTick;
import io.sluice.domain.wire.Side;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is the same, what comes again, and what time it is. */
class IdentityTest {
  private final GroupUnderTest group = setup().start();

  IdentityTest() {
    group.trade(BTC, "100");
  }

  private Entry last() {
    return group.entries().get(group.entries().size() - 1);
  }

  /** The last entry's content again, in a later record. */
  private Entry inAnotherRecord(Entry entry) {
    Cause cause = entry.cause();
    return new Entry(
        entry.group(),
        new Cause(cause.source(), 0, group.nextOffset(), 0),
        group.nowUs(),
        entry.input(),
        entry.snapshot());
  }

  @Test
  void the_same_intent_again_leaves_a_line_without_a_decision() {
    group.buy("1").id("a").send();
    long seq = group.state().seq();
    Effects again = group.fold(inAnotherRecord(last()));

    assertThat(again.decisions()).isEmpty();
    assertThat(again.events()).isEmpty();
    assertThat(group.state().seq()).isEqualTo(seq + 1);
    assertThat(group.state().counters().duplicateIntents()).isEqualTo(1);
    assertThat(group.order("a").openQty()).isEqualByComparingTo("1");
  }

  @Test
  void the_same_id_with_other_content_is_an_event_and_no_decision() {
    group.buy("1").id("a").send();
    Effects other = group.buy("2").id("a").sendAgain();

    assertThat(other.decisions()).isEmpty();
    assertThat(other.events()).extracting(Event::type).containsExactly(Event.Type.DUPLICATE_INTENT);
    assertThat(group.state().counters().duplicateIntents()).isEqualTo(1);
    assertThat(group.order("a").qty()).isEqualByComparingTo("1");
  }

  @Test
  void the_same_id_of_another_account_is_another_intent() {
    assertThat(group.buy("1").id("a").send()).isNotNull();
    assertThat(group.buy("1").id("a").account("nobody").send()).isNotNull();
  }

  @Test
  void an_id_with_a_line_break_is_another_than_an_account_with_one() {
    String[][] ids = {{"a", "b\nc"}, {"a\nb", "c"}, {"a", "3\na\nb\nc"}, {"\n3\na", "b\nc"}};
    for (String[] one : ids) {
      Effects effects = group.buy("1").account(one[0]).id(one[1]).sendAgain();
      assertThat(effects.events()).isEmpty();
      assertThat(effects.decisions()).hasSize(1);
      assertThat(effects.decisions().get(0).ruling().approvedQty()).isZero();
    }
    for (String[] one : ids) {
      group.fill(one[0], one[1], null, BTC, Side.BUY, "1", "100", "0", group.nowUs());
    }
    assertThat(group.events(Event.Type.RECON_BREAK)).isEmpty();
    assertThat(group.events(Event.Type.UNKNOWN_ACCOUNT)).hasSize(4);
  }

  @Test
  void a_record_that_is_emitted_again_leaves_no_trace_and_neither_does_its_duplicate() {
    group.buy("1").id("a").send();
    Entry first = last();
    Entry second = inAnotherRecord(first);
    group.fold(second);
    String head = group.state().headHash();

    assertThat(group.fold(first)).isNull();
    assertThat(group.fold(second)).isNull();
    assertThat(group.state().headHash()).isEqualTo(head);
    assertThat(group.state().counters().duplicateIntents()).isEqualTo(1);
  }

  @Test
  void a_record_that_is_emitted_again_after_its_id_is_forgotten_leaves_no_trace() {
    group.buy("1").id("a").send();
    Entry intent = last();
    group.fill("f", null, BTC, Side.BUY, "1", "100", "0");
    Entry fill = last();
    group.clock(HOUR);
    String head = group.state().headHash();

    assertThat(group.fold(intent)).isNull();
    assertThat(group.fold(fill)).isNull();
    assertThat(group.state().headHash()).isEqualTo(head);
    assertThat(group.position(BTC)).isEqualByComparingTo("1");
  }

  @Test
  void an_intent_older_than_the_window_can_only_be_refused() {
    group.buy("1").id("a").send();
    Entry intent = last();
    group.clock(11 * MINUTE);
    Effects late = group.fold(inAnotherRecord(intent));

    assertThat(late.decisions()).hasSize(1);
    assertThat(late.decisions().get(0).ruling().approvedQty()).isZero();
    assertThat(group.state().counters().lateRepeats()).isEqualTo(1);
  }

  private static Snapshot of(Snapshot seen, boolean fromFront, long arrivedUs) {
    return new Snapshot(
        seen.last(),
        seen.lastEventTimeUs(),
        seen.lastReceiveTimeUs(),
        seen.bid(),
        seen.ask(),
        seen.quoteEventTimeUs(),
        seen.quoteReceiveTimeUs(),
        seen.sigmaDaily(),
        seen.crashes(),
        fromFront,
        seen.unwatched(),
        arrivedUs);
  }

  @Test
  void two_strategies_may_wish_on_one_record() {
    GroupUnderTest.Wish one = group.buy("1").id("one").strategy("s1");
    GroupUnderTest.Wish two = group.buy("1").id("two").strategy("s2");
    Cause cause = new Cause("trades", 0, 77, 0);
    Snapshot seen = of(one.snapshot(), true, group.nowUs());
    Effects first = group.fold(new Entry("firm", cause, group.nowUs(), one.intent(), seen));
    Effects second =
        group.fold(new Entry("firm", cause.withSub(1), group.nowUs(), two.intent(), seen));

    assertThat(first.decisions()).hasSize(1);
    assertThat(second.decisions()).hasSize(1);
    assertThat(group.state().highWater.foldedBelow()).isZero();
  }

  /** What else the front makes of a record, marks before an intent, differs from time to time. */
  @Test
  void a_record_is_the_same_whatever_its_sub() {
    group.buy("1").id("a").send();
    Entry intent = last();
    group.fill("f", null, BTC, Side.BUY, "1", "100", "0");
    Entry fill = last();
    group.clock(9 * DAY);

    assertThat(group.fold(withSub(intent, 3))).isNull();
    assertThat(group.fold(withSub(fill, 3))).isNull();
    assertThat(group.position(BTC)).isEqualByComparingTo("1");
  }

  private static Entry withSub(Entry entry, int sub) {
    return new Entry(
        entry.group(),
        entry.cause().withSub(sub),
        entry.gateTimeUs(),
        entry.input(),
        entry.snapshot());
  }

  /** A stamp ahead of its time must not make an answered intent look unanswered. */
  @Test
  void a_record_stamped_ahead_is_no_new_one_when_its_id_is_forgotten() {
    GroupUnderTest.Wish ahead = group.buy("1").id("a").at(group.nowUs() + 30 * MINUTE);
    ahead.send();
    Entry intent = last();
    group.clock(31 * MINUTE);

    assertThat(group.fold(intent)).isNull();
  }

  @Test
  void intents_on_unlisted_instruments_are_answered_once_too() {
    group.buy("1").in("X:NONE").id("a").send();
    Entry intent = last();
    group.clock(HOUR);

    assertThat(group.fold(intent)).isNull();
  }

  @Test
  void made_up_instruments_do_not_fill_the_state() {
    int marks = group.state().highWater.marks().size();
    for (int i = 0; i < 1_100; i++) {
      group.buy("1").in("X:MADEUP" + i).send();
    }
    assertThat(group.state().highWater.marks()).hasSize(marks + 1_000);
    group.buy("1").id("listed").send();
    Entry listed = last();
    group.clock(HOUR);
    assertThat(group.fold(listed)).isNull();
  }

  @Test
  void a_venues_status_is_folded_once() {
    VenueStatus up = new VenueStatus("X", VenueStatus.Status.UP, group.nowUs());
    VenueStatus down = new VenueStatus("X", VenueStatus.Status.DOWN, group.nowUs());
    group.fold("venues", up, null);
    Entry first = last();
    group.fold("venues", down, null);

    assertThat(group.fold(first)).isNull();
    assertThat(group.state().venues).containsEntry("X", VenueStatus.Status.DOWN);
  }

  /** A front that began again shows a market that had not come so far. */
  @Test
  void an_older_snapshot_moves_no_newer_mark() {
    group.trade(BTC, "100");
    GroupUnderTest.Wish wish = group.buy("1").id("a");
    Snapshot old = of(wish.snapshot(), false, group.nowUs() - 20 * SECOND);
    group.mark(BTC, "90");
    group.fold(new Entry("firm", new Cause("i", 0, 1, 0), group.nowUs(), wish.intent(), old));

    assertThat(group.state().marks.get(BTC).last()).isEqualByComparingTo("90");
  }

  @Test
  void a_fill_is_booked_once_and_contradicts_itself_aloud() {
    group.fill("f", null, BTC, Side.BUY, "1", "100", "0");
    group.fold(inAnotherRecord(last()));
    assertThat(group.position(BTC)).isEqualByComparingTo("1");
    assertThat(group.events()).isEmpty();

    group.fill("f", null, BTC, Side.BUY, "2", "100", "0");
    Entry other = last();
    assertThat(group.position(BTC)).isEqualByComparingTo("1");
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);
    assertThat(group.fold(other)).isNull();
  }

  @Test
  void a_fill_is_remembered_longer_than_an_intent() {
    GroupUnderTest group = setup().with("fill_window", "'2d'").storing().start();
    group.trade(BTC, "100");
    group.fill("f", null, BTC, Side.BUY, "1", "100", "0");
    long stamp = group.nowUs();
    group.clock(2 * DAY);
    group.fill("demo", "f", null, BTC, Side.BUY, "1", "100", "0", stamp);
    assertThat(group.position(BTC)).isEqualByComparingTo("1");
    assertThat(group.events(Event.Type.RECON_BREAK)).isEmpty();
    group.fill("demo", "f", null, BTC, Side.BUY, "2", "100", "0", stamp);
    assertThat(group.position(BTC)).isEqualByComparingTo("1");
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);

    group.clock(1);
    assertThat(group.state().fills.inOrder()).isEmpty();
    group.configure(setup().with("fill_window", "'9d'").configuration());
    assertThat(group.state().fills.inOrder())
        .as("what is forgotten stays so, though it lies in a stored page and the window is wider")
        .isEmpty();
    assertThat(group.state().fills.folded()).isEqualTo(1);
    for (int i = 0; i < 64; i++) {
      group.fill("g" + i, null, BTC, Side.BUY, "1", "100", "0");
    }
    assertThat(group.position(BTC)).isEqualByComparingTo("65");
    assertThat(group.parts()).containsKeys("fills:0", "fills:1");
    group.clock(10 * DAY);
    assertThat(group.parts()).doesNotContainKey("fills:0");
  }

  @Test
  void fills_that_an_earlier_build_kept_among_the_other_ids_move_over() {
    GroupUnderTest group = setup().storing().start();
    group.trade(BTC, "100");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      group.buy("0.01").id("i" + i).send();
      group.fill("f" + i, null, BTC, Side.BUY, "1", "100", "0");
      ids.add(stored("intent", "i" + i, group.nowUs(), 3 * i));
      ids.add(stored("fill", "f" + i, group.nowUs(), 3 * i + 1));
    }
    asAnEarlierBuild(group.parts(), ids);
    group.restore();

    assertThat(group.state().ids.inOrder()).hasSize(100);
    assertThat(group.state().ids.folded()).isEqualTo(200);
    assertThat(group.state().fills.inOrder()).hasSize(100);
    for (int again = 0; again < 2; again++) {
      group.fill("f7", null, BTC, Side.BUY, "2", "100", "0");
      assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(again + 1);
      assertThat(group.buy("0.01").id("i7").send()).isNull();
      assertThat(group.position(BTC)).isEqualByComparingTo("100");
      assertThat(group.state().fills.inOrder()).hasSize(100);
    }
    assertThat(pagesWith(group.parts(), "ids:")).isEqualTo(100);
    assertThat(pagesWith(group.parts(), "fills:")).isEqualTo(100);
  }

  /** As version 1 stored an id, with 128 bits of its content's hash. */
  private static String stored(String kind, String id, long atUs, long offset) {
    return String.format(
        "[\"%s\\ndemo\\n%s\",\"%032x\",\"old\",0,%d,0,%d]", kind, id, offset, offset, atUs);
  }

  private static void asAnEarlierBuild(Map<String, byte[]> parts, List<String> ids) {
    parts.keySet().removeIf(part -> part.startsWith("fills:") || part.startsWith("ids:"));
    for (int page = 0; page * 64 < ids.size(); page++) {
      List<String> in = ids.subList(page * 64, Math.min(ids.size(), page * 64 + 64));
      String json = "{\"first\":" + page * 64 + ",\"ids\":[" + String.join(",", in) + "]}";
      parts.put("ids:" + page, json.getBytes(StandardCharsets.UTF_8));
    }
    String head = new String(parts.get("head"), StandardCharsets.UTF_8);
    parts.put(
        "head",
        head.replaceFirst(
                "\"folded_ids\":\\d+,\"forgotten_ids\":0,\"folded_fills\":\\d+,\"forgotten_fills\":0",
                "\"folded_ids\":" + ids.size())
            .getBytes(StandardCharsets.UTF_8));
  }

  private static long pagesWith(Map<String, byte[]> parts, String prefix) {
    return parts.entrySet().stream()
        .filter(part -> part.getKey().startsWith(prefix))
        .mapToLong(
            part ->
                new String(part.getValue(), StandardCharsets.UTF_8).split("demo", -1).length - 1)
        .sum();
  }

  @Test
  void statuses_and_snapshots_are_told_by_their_record() {
    group.buy("1").limit("90").id("a").send();
    group.status("a", io.sluice.domain.wire.OrderStatus.Status.ACKED, "0");
    assertThat(group.fold(last())).isNull();
    group.snapshot("demo", "1", "{}");
    assertThat(group.fold(last())).isNull();
    assertThat(group.events(Event.Type.RECON_BREAK)).hasSize(1);
  }

  @Test
  void marks_are_told_by_their_slot() {
    Mark mark = mark(5, 1, "101");
    assertThat(group.fold("trades", mark(group.nowUs() + SECOND, 1, "101"), null)).isNotNull();
    assertThat(group.fold("trades", mark(group.nowUs() + SECOND, 1, "102"), null)).isNull();
    assertThat(group.fold("trades", mark(group.nowUs() + SECOND, 0, "102"), null)).isNull();
    assertThat(group.fold("trades", mark, null)).isNull();
    assertThat(group.fold("trades", mark(group.nowUs() + SECOND, 2, "102"), null)).isNotNull();
    assertThat(group.fold("trades", mark(group.nowUs() + 2 * SECOND, 0, "103"), null)).isNotNull();
  }

  private Mark mark(long slotUs, int ordinal, String price) {
    BigDecimal last = new BigDecimal(price);
    return new Mark(BTC, last, last, last, group.nowUs(), null, false, slotUs, ordinal);
  }

  @Test
  void clock_entries_are_told_by_their_slot_whenever_they_are_recorded() {
    group.clock(SECOND);
    Entry tick = last();
    assertThat(group.fold(tick)).isNull();
    assertThat(
            group.fold(new Entry("firm", tick.cause(), tick.gateTimeUs() + 5, tick.input(), null)))
        .isNull();
    assertThat(group.fold("clock", new ClockTick(group.nowUs() + 1), null)).isNotNull();
  }

  @Test
  void gate_time_never_runs_back() {
    long now = group.nowUs();
    group.clock(MINUTE);
    Entry early = new Entry("firm", new Cause("fills", 0, 999, 0), now, fill("late"), null);

    assertThat(group.fold(early).gateTimeUs()).isEqualTo(now + MINUTE);
    group.configure(setup().limit("firm", "max_qty", "1").configuration());
    assertThat(group.state().gateTimeUs()).isEqualTo(now + MINUTE);
  }

  private io.sluice.domain.wire.Fill fill(String id) {
    return new io.sluice.domain.wire.Fill(
        id,
        null,
        "demo",
        "s",
        BTC,
        Side.BUY,
        BigDecimal.ONE,
        BigDecimal.TEN,
        BigDecimal.ZERO,
        "USD",
        group.nowUs());
  }

  @Test
  void a_paper_tick_counts_once() {
    GroupUnderTest paper = setup().paper().start();
    paper.trade(BTC, "100");
    paper.buy("1").id("a").send();
    paper.tick("a", PaperTick.Status.FILLED, "100");
    long seq = paper.state().seq();

    assertThat(paper.tick("a", PaperTick.Status.FILLED, "100")).isNull();
    assertThat(paper.state().seq()).isEqualTo(seq);
  }

  @Test
  void unknown_accounts_get_events_and_no_state() {
    group.fill("nobody", "f", null, BTC, Side.BUY, "1", "100", "0", group.nowUs());
    group.snapshot("nobody", "1", "{}");
    assertThat(group.events(Event.Type.UNKNOWN_ACCOUNT)).hasSize(2);
    assertThat(group.state().books()).containsOnlyKeys("demo");
  }

  @Test
  void ids_are_stored_in_pages_of_which_only_the_newest_is_written_again() {
    for (int i = 0; i < 1_000; i++) {
      group.buy("0.01").send();
    }
    StateParts parts = new StateParts();
    assertThat(pages(parts)).isGreaterThan(10);
    group.buy("0.01").send();
    assertThat(pages(parts)).isEqualTo(1);
    group.clock(HOUR);
    assertThat(parts.takeChanged(group.state()).entrySet())
        .filteredOn(part -> part.getKey().startsWith("ids:") && part.getValue() == null)
        .hasSizeGreaterThan(10);
  }

  private long pages(StateParts parts) {
    return parts.takeChanged(group.state()).keySet().stream()
        .filter(name -> name.startsWith("ids:"))
        .count();
  }
}
