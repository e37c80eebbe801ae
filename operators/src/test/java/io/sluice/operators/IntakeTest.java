package io.sluice.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.Configuration.ClockSource;
import io.sluice.domain.journal.Cause;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.wire.ClockTick;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Quote;
import io.sluice.domain.wire.Row;
import io.sluice.domain.wire.Trade;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.InputRecord;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What becomes of records as they are read from topics. */
class IntakeTest {
  private static final long APPENDED_US = 5_000_000L;
  private static final Cause CAUSE = new Cause("t", 2, 7, 0);
  private static final Map<String, Set<Message.Kind>> KINDS =
      Map.of("t", Set.of(Message.Kind.TRADE, Message.Kind.QUOTE), "i", Set.of(Message.Kind.INTENT));

  private static TopicRecord record(String topic, long appendedUs, String value) {
    return new TopicRecord(topic, 2, 7, appendedUs, true, "g", utf8(value));
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static InputRecord taken(TopicRecord record) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<TopicRecord, InputRecord>(
            new ProcessOperator<>(new WireIntake(KINDS, 1_000_000L)))) {
      harness.setup(EdgeType.INPUT_RECORD.createSerializer(null));
      harness.open();
      harness.processElement(record, 0);
      List<InputRecord> out = harness.extractOutputValues();
      assertThat(out).hasSize(1);
      return out.get(0);
    }
  }

  private static DeadLetter dead(TopicRecord record) throws Exception {
    InputRecord taken = taken(record);
    assertThat(taken.kind()).isEqualTo(InputRecord.Kind.DEAD_LETTER);
    return taken.deadLetter();
  }

  private static String trade(String times) {
    return "{\"type\":\"trade\",\"instrument\":\"V:A\",\"price\":\"1\",\"qty\":\"1\","
        + times
        + "}";
  }

  @Test
  void aRowIsStampedWithItsArrival() throws Exception {
    Row row = taken(record("t", APPENDED_US, trade("\"event_time_us\":4000000"))).row();
    assertThat(row.cause()).isEqualTo(CAUSE);
    assertThat(row.orderTimeUs()).isEqualTo(APPENDED_US);
    assertThat(row.clockUs()).isEqualTo(APPENDED_US);
    assertThat(((Trade) row.message()).eventTimeUs()).isEqualTo(4_000_000L);
    assertThat(((Trade) row.message()).receiveTimeUs()).isEqualTo(APPENDED_US);
  }

  @Test
  void noStampOfTheSenderCountsBeyondTheArrival() throws Exception {
    String times = "\"event_time_us\":99000000,\"receive_time_us\":98000000";
    Trade trade = (Trade) taken(record("t", APPENDED_US, trade(times))).row().message();
    assertThat(trade.eventTimeUs()).isEqualTo(APPENDED_US);
    assertThat(trade.receiveTimeUs()).isEqualTo(APPENDED_US);

    String quote =
        "{\"type\":\"quote\",\"instrument\":\"V:A\",\"bid\":\"1\",\"bid_qty\":\"1\",\"ask\":\"2\",\"ask_qty\":\"1\","
            + times
            + "}";
    Quote seen = (Quote) taken(record("t", APPENDED_US, quote)).row().message();
    assertThat(seen.eventTimeUs()).isEqualTo(APPENDED_US);
    assertThat(seen.receiveTimeUs()).isEqualTo(APPENDED_US);
  }

  /** A producer that stamps its records itself must not make them younger than they are. */
  @Test
  void noArrivalLiesInTheFuture() throws Exception {
    long farAhead = 4_000_000_000_000_000L;
    Row row = taken(record("t", farAhead, trade("\"event_time_us\":" + farAhead))).row();
    assertThat(row.orderTimeUs()).isLessThanOrEqualTo(System.currentTimeMillis() * 1_000);
    assertThat(((Trade) row.message()).eventTimeUs()).isEqualTo(row.orderTimeUs());
  }

  @Test
  void whatDoesNotReadIsKeptWithItsPlace() throws Exception {
    DeadLetter letter = dead(record("t", APPENDED_US, "{\"type\":\"trade\"}"));
    assertThat(letter.source()).isEqualTo("t");
    assertThat(letter.partition()).isEqualTo(2);
    assertThat(letter.offset()).isEqualTo(7);
    assertThat(letter.field()).isEqualTo("instrument");
    assertThat(letter.bytes()).isEqualTo(utf8("{\"type\":\"trade\"}"));
    assertThat(dead(record("t", APPENDED_US, null)).reason()).contains("tombstone");
    DeadLetter tooLong = dead(record("t", APPENDED_US, " ".repeat(70_000)));
    assertThat(tooLong.truncated()).isTrue();
    assertThat(tooLong.bytes()).hasSize(DeadLetter.MAX_KEPT_BYTES);
  }

  @Test
  void aTopicHoldsOnlyItsOwnKinds() throws Exception {
    DeadLetter letter = dead(record("i", APPENDED_US, trade("\"event_time_us\":1")));
    assertThat(letter.field()).isEqualTo("type");
    assertThat(letter.reason()).isEqualTo("type is \"trade\", expected on this topic intent");
  }

  private static final Entry TICK =
      new Entry("g", new Cause("clock", 0, 10, 0), 3, new ClockTick(10L), null);

  private static OneInputStreamOperatorTestHarness<TopicRecord, Sequenced> entries(
      ClockSource clock) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<TopicRecord, Sequenced>(
            new ProcessOperator<>(new EntryIntake(clock, 8)));
    harness.setup(EdgeType.SEQUENCED.createSerializer(null));
    harness.open();
    return harness;
  }

  @Test
  void onTheWallClockAnEntryCountsFromWhenItWasAppended() throws Exception {
    TopicRecord record =
        record("t", APPENDED_US, new String(TICK.toJson(), StandardCharsets.UTF_8));
    try (var wall = entries(ClockSource.WALL);
        var event = entries(ClockSource.EVENT)) {
      wall.processElement(record, 0);
      event.processElement(record, 0);
      assertThat(wall.extractOutputValues().get(0).entry()).isEqualTo(TICK.at(APPENDED_US));
      assertThat(event.extractOutputValues().get(0).entry()).isEqualTo(TICK);
    }
  }

  /** It stays in the topic for good, so that to stop would be to stop at every start. */
  @Test
  void aRecordThatTheBrokerHasNotStampedIsADeadLetter() throws Exception {
    TopicRecord record = new TopicRecord("t", 0, 7, APPENDED_US, false, "g", TICK.toJson());
    try (var wall = entries(ClockSource.WALL);
        var event = entries(ClockSource.EVENT)) {
      wall.processElement(record, 0);
      assertThat(wall.extractOutputValues()).isEmpty();
      GateOutput letter = wall.getSideOutput(EntryIntake.DEAD_LETTERS).element().getValue();
      assertThat(letter.seq()).as("offset").isEqualTo(7);
      assertThat(new String(letter.json(), StandardCharsets.UTF_8))
          .contains("message.timestamp.type=LogAppendTime on t")
          .contains(Base64.getEncoder().encodeToString(TICK.toJson()));
      event.processElement(record, 0);
      assertThat(event.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void anEntryThatDoesNotReadIsADeadLetter() throws Exception {
    String trade = trade("\"event_time_us\":1");
    String ofTheFront =
        "{\"group\":\"g\",\"clock_us\":1,\"cause\":{\"source\":\"t\",\"partition\":0,\"offset\":1,\"sub\":0},\"input\":"
            + trade
            + ",\"snapshot\":null}";
    Entry otherGroup = new Entry("h", TICK.cause(), 3, TICK.input(), null);
    try (var harness = entries(ClockSource.WALL)) {
      harness.processElement(record("t", APPENDED_US, null), 0);
      harness.processElement(record("t", APPENDED_US, "garbage"), 0);
      harness.processElement(record("t", APPENDED_US, "{}"), 0);
      harness.processElement(record("t", APPENDED_US, "{\"group\":\"g\",\"clock_us\":1}"), 0);
      harness.processElement(record("t", APPENDED_US, ofTheFront), 0);
      harness.processElement(
          record("t", APPENDED_US, new String(otherGroup.toJson(), StandardCharsets.UTF_8)), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.getSideOutput(EntryIntake.DEAD_LETTERS))
          .hasSize(6)
          .allMatch(dead -> dead.getValue().kind() == GateOutput.Kind.DEAD_LETTER);
    }
  }

  /** Anybody could write it, as often as they like, and of groups that are none. */
  @Test
  void onTheWallClockAnEndIsADeadLetter() throws Exception {
    String end = new String(Sequenced.end(0, "g", 9).toJson(), StandardCharsets.UTF_8);
    try (var harness = entries(ClockSource.WALL)) {
      harness.processElement(record("t", APPENDED_US, end), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      GateOutput letter = harness.getSideOutput(EntryIntake.DEAD_LETTERS).element().getValue();
      assertThat(new String(letter.json(), StandardCharsets.UTF_8))
          .contains("the end of a bounded input, expected an entry");
    }
  }

  @Test
  void anotherNumberOfPartitionsStopsTheGateForGood() throws Exception {
    OperatorSubtaskState state;
    try (var harness = entries(ClockSource.WALL)) {
      state = harness.snapshot(1, 1);
    }
    for (int partitions : new int[] {8, 12}) {
      try (var harness =
          new OneInputStreamOperatorTestHarness<TopicRecord, Sequenced>(
              new ProcessOperator<>(new EntryIntake(ClockSource.WALL, partitions)))) {
        harness.setup(EdgeType.SEQUENCED.createSerializer(null));
        if (partitions == 8) {
          harness.initializeState(state);
        } else {
          assertThatThrownBy(() -> harness.initializeState(state))
              .isInstanceOf(SuppressRestartsException.class)
              .hasStackTraceContaining("risk.inputs has 12 partitions, expected 8");
        }
      }
    }
  }

  @Test
  void theEndOfABoundedInputTravelsToo() throws Exception {
    Sequenced end = Sequenced.end(0, "g", 9);
    assertThat(Sequenced.read(end.toJson())).isEqualTo(end);
    try (var harness = entries(ClockSource.EVENT)) {
      harness.processElement(record("t", 1, new String(end.toJson(), StandardCharsets.UTF_8)), 0);
      assertThat(harness.extractOutputValues()).containsExactly(end);
    }
  }
}
