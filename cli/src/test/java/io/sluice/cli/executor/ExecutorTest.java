package io.sluice.cli.executor;

import static io.sluice.cli.executor.Desk.SECOND;
import static io.sluice.cli.executor.Desk.START_US;
import static io.sluice.cli.executor.Desk.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.domain.wire.Side;
import org.junit.jupiter.api.Test;

/** The executor's contract, and what it makes of its own reports after a restart. */
class ExecutorTest {
  private final Desk desk = new Desk(terms(0, 1)).heartbeat().trade("100", "2");

  @Test
  void an_account_nothing_was_ever_said_of_begins_with_its_cash_once() {
    desk.says(
        "{\"type\":\"account\",\"account\":\"demo\",\"currency\":\"USD\",\"cash\":\"10000\","
            + "\"positions\":[],\"event_time_us\":"
            + (START_US - 1)
            + "}");
    desk.start().says();
  }

  @Test
  void a_decision_is_acted_on_once_however_often_it_comes() {
    desk.news();
    Instruction buy = desk.market("a", Side.BUY, "1");
    desk.announce(buy).announce(buy).send().decide(buy).latency().decide(buy).latency();
    desk.says("a ACKED 0 1", "a ACKED 0 1", "a BUY 1@100.1", "a DONE 1 0");
    assertThat(desk.executor().totals().repeatedCount()).isEqualTo(3);
    assertThat(desk.executor().totals().sentCount()).isEqualTo(1);
  }

  @Test
  void it_is_acted_on_before_valid_until_and_not_at_it() {
    desk.news();
    desk.decide(desk.validUntil(desk.market("a", Side.BUY, "1"), desk.nowUs() + 1));
    desk.decide(desk.validUntil(desk.market("b", Side.BUY, "1"), desk.nowUs()));
    desk.says("a ACKED 0 1", "b EXPIRED 0 0");
    assertThat(desk.executor().totals().sentCount()).isEqualTo(1);
  }

  @Test
  void what_expires_while_its_announcement_is_written_is_not_sent() {
    desk.news();
    desk.announce(desk.validUntil(desk.market("a", Side.BUY, "1"), desk.nowUs() + 10));
    desk.advance(10).send().latency();
    desk.says("a ACKED 0 1", "a EXPIRED 0 0");
  }

  @Test
  void amendments_and_cancels_expire_too() {
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency().news();
    desk.decide(desk.validUntil(desk.amend("m", "a", Side.BUY, "2", "99"), desk.nowUs()));
    desk.decide(desk.validUntil(desk.cancel("x", "a"), desk.nowUs()));
    desk.latency().says("m EXPIRED 0 0", "x EXPIRED 0 0");
  }

  @Test
  void without_a_heartbeat_in_60_seconds_nothing_but_cancels_is_sent() {
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency().news();
    desk.advance(START_US + 60 * SECOND - desk.nowUs());
    desk.decide(desk.limit("b", Side.BUY, "1", "99")).says("b ACKED 0 1");
    desk.advance(1).news();
    desk.decide(desk.limit("c", Side.BUY, "1", "99")).says("c EXPIRED 0 0");
    desk.decide(desk.amend("m", "a", Side.BUY, "2", "99")).says("m EXPIRED 0 0");
    desk.decide(desk.cancel("x", "a")).latency();
    desk.says("x ACKED 0 0", "b ACKED 0 1", "a CANCELLED 0 0", "x DONE 0 0");
  }

  @Test
  void it_goes_on_when_the_heartbeats_are_back() {
    desk.advance(61 * SECOND).news();
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).says("a EXPIRED 0 0");
    desk.heartbeat("firm", desk.nowUs() - 61 * SECOND);
    desk.decide(desk.limit("b", Side.BUY, "1", "99")).says("b EXPIRED 0 0");
    desk.heartbeat("other", desk.nowUs());
    desk.decide(desk.limit("c", Side.BUY, "1", "99")).says("c EXPIRED 0 0");
    desk.heartbeat();
    desk.decide(desk.limit("d", Side.BUY, "1", "99")).says("d ACKED 0 1");
  }

  @Test
  void a_heartbeat_from_the_future_counts_as_one_from_now() {
    desk.news();
    desk.heartbeat("firm", desk.nowUs() + 3_600 * SECOND).advance(61 * SECOND);
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).says("a EXPIRED 0 0");
  }

  @Test
  void a_gate_that_was_never_heard_is_not_alive() {
    Desk fresh = new Desk(terms(0, 1)).trade("100", "1");
    fresh.hear("{\"type\":\"REGIME\",\"scope\":\"group:firm\",\"event_time_us\":" + START_US + "}");
    fresh.news();
    fresh.decide(fresh.market("a", Side.BUY, "1")).says("a EXPIRED 0 0");
  }

  @Test
  void an_amendment_of_no_working_order_is_not_sent() {
    desk.news();
    desk.decide(desk.amend("m", "a", Side.BUY, "2", "99")).says("m EXPIRED 0 0");
  }

  @Test
  void after_a_restart_everything_reported_on_is_known_and_what_was_open_is_cancelled() {
    Instruction resting = desk.limit("resting", Side.BUY, "1", "99");
    Instruction done = desk.market("done", Side.BUY, "1");
    Instruction late = desk.validUntil(desk.market("late", Side.BUY, "1"), desk.nowUs());
    Instruction amendment = desk.amend("m", "resting", Side.BUY, "2", "98");
    desk.decide(resting).decide(done).decide(late).latency().trade("99", "0.25");
    desk.decide(amendment).latency().news();

    desk.start().says("resting CANCELLED 0.25 0");
    desk.heartbeat();
    for (Instruction again : new Instruction[] {resting, done, late, amendment}) {
      desk.decide(again).latency();
    }
    desk.trade("90", "5").says();
    desk.start().says();
  }

  @Test
  void what_was_announced_and_never_sent_is_cancelled_not_sent() {
    desk.announce(desk.limit("a", Side.BUY, "1", "99")).send().latency();
    desk.announce(desk.market("b", Side.BUY, "1"));
    desk.announce(desk.amend("m", "a", Side.BUY, "2", "99"));
    desk.announce(desk.cancel("x", "a")).news();

    desk.start().says("m REJECTED 0 0", "a CANCELLED 0 0", "b CANCELLED 0 0", "x CANCELLED 0 0");
  }

  @Test
  void a_decision_whose_announcement_was_lost_is_acted_on_after_the_restart() {
    Instruction buy = desk.market("a", Side.BUY, "1");
    desk.news();
    desk.killedWhenWritten(0, () -> desk.decide(buy));
    desk.heartbeat().trade("100", "1").decide(buy).latency();
    desk.says("a ACKED 0 1", "a ACKED 0 1", "a BUY 1@100.1", "a DONE 1 0");
  }

  @Test
  void a_fill_whose_status_was_lost_is_in_the_cancelled_order_s_total() {
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency();
    desk.trade("99", "0.25").news();
    desk.killedWhenWritten(1, () -> desk.trade("99", "0.5"));
    desk.says("a BUY 0.5@99", "a CANCELLED 0.75 0");
  }

  @Test
  void positions_are_known_after_a_restart() {
    desk.decide(desk.market("a", Side.BUY, "1")).latency().start().heartbeat().trade("100", "1");
    desk.news();
    desk.decide(desk.reduceOnly(desk.market("b", Side.SELL, "3"))).latency();
    desk.says("b ACKED 0 3", "b ACKED 0 3", "b SELL 1@99.9", "b ACKED 1 2", "b CANCELLED 1 0");
  }

  @Test
  void a_clean_stop_cancels_what_is_open() {
    desk.decide(desk.limit("a", Side.BUY, "1", "99")).latency().trade("99", "0.5").news();
    desk.decide(desk.amend("m", "a", Side.BUY, "2", "99")).stop();
    desk.says("a ACKED 0.5 0.5 for m", "m REJECTED 0.5 0", "a CANCELLED 0.5 0");
    desk.start().says();
  }
}
