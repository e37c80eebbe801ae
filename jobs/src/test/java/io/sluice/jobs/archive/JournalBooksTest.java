package io.sluice.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.JournalLines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever stands in the journal's topic, the archive gets past it. */
class JournalBooksTest {
  private static final String ZEROS = "0".repeat(64);
  private static final int REASON = 3;
  private static final int FIELD = 4;

  private KeyedOneInputStreamOperatorTestHarness<String, TopicRecord, Row> books;
  private long offset;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState state) throws Exception {
    books =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new JournalBooks(), TopicRecord::key, Types.STRING);
    books.setup(
        DeadLetters.TABLE.type().createSerializer(new ExecutionConfig().getSerializerConfig()));
    if (state != null) {
      books.initializeState(state);
    }
    books.open();
  }

  private long broken() {
    return ((JournalBooks) books.getOperator()).broken.getCount();
  }

  @AfterEach
  void close() throws Exception {
    books.close();
  }

  private void take(String key, String value) throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    books.processElement(new TopicRecord("risk.journal", 0, offset++, 5, true, key, bytes), 0);
  }

  private static String line(String group, long seq, long gateTimeUs) {
    return ("{\"group\":\"%s\",\"seq\":%d,\"gate_time_us\":%d,\"cause\":{\"source\":\"t\",\"partition\":0,"
            + "\"offset\":1,\"sub\":0},\"input\":{\"type\":\"clock\",\"slot_us\":1},\"snapshot\":null,"
            + "\"decisions\":[],\"prev_hash\":\"%s\",\"hash\":\"%s\"}")
        .formatted(group, seq, gateTimeUs, ZEROS, ZEROS);
  }

  private int archived() {
    var rows = books.getSideOutput(TableRow.tag(JournalLines.TABLE));
    return rows == null ? 0 : rows.size();
  }

  private List<Row> letters() {
    return books.extractOutputValues();
  }

  @Test
  void whatIsNoLineIsADeadLetterAndTouchesNoBooks() throws Exception {
    take("g", null);
    take("g", "garbage");
    take("g", "{\"group\":\"g\",\"seq\":1}");
    take("other", line("g", 1, 1));
    assertThat(letters()).hasSize(4);
    assertThat((String) letters().get(0).getField(REASON)).contains("tombstone");
    assertThat(letters().get(3).getField(FIELD)).isEqualTo("group");
    books.prepareSnapshotPreBarrier(1);
    books.snapshot(1, 1);
    assertThat(books.numKeyedStateEntries()).isZero();
  }

  @Test
  void whatDoesNotFollowBreaksItsGroupAloneAndForGood() throws Exception {
    take("g", line("g", 5, 1));
    take("g", line("g", 6, 1));
    take("h", line("h", 2, Long.MAX_VALUE));
    assertThat(archived()).as("lines are kept as they are").isEqualTo(3);
    assertThat(letters()).hasSize(2);
    assertThat((String) letters().get(0).getField(REASON))
        .contains("the journal does not verify: group g seq 1 field seq")
        .contains("gap or reorder");
    assertThat((String) letters().get(1).getField(REASON)).contains("group h seq 1");
  }

  @Test
  void aBrokenGroupIsOneAfterARestartToo() throws Exception {
    take("g", line("g", 5, 1));
    assertThat(broken()).isEqualTo(1);
    books.prepareSnapshotPreBarrier(1);
    OperatorSubtaskState state = books.snapshot(1, 1);
    books.close();
    open(state);
    assertThat(broken()).as("nobody has asked for it yet").isZero();
    take("g", line("g", 6, 1));
    take("g", line("g", 7, 1));
    assertThat(broken()).isEqualTo(1);
    assertThat(letters()).as("it was told before").isEmpty();
  }

  /** Of a group that was never told its configuration. */
  @Test
  void whatCannotBeFoldedBreaksItsGroup() throws Exception {
    take("g", line("g", 1, 1));
    assertThat(letters()).hasSize(1);
    assertThat((String) letters().get(0).getField(REASON))
        .contains("the journal does not verify: group g seq 1");
  }
}
