package io.sluice.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.wire.Message;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.Commands;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

/** A record stands in its topic, and what fails on it would fail on it after every restart. */
class RowIntakeTest {
  private static TopicRecord record(String value) {
    return new TopicRecord("t", 2, 7, 5, true, null, value.getBytes(StandardCharsets.UTF_8));
  }

  private static OneInputStreamOperatorTestHarness<TopicRecord, Row> harness(RowIntake intake)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<TopicRecord, Row>(new ProcessOperator<>(intake));
    harness.setup(
        DeadLetters.TABLE.type().createSerializer(new ExecutionConfig().getSerializerConfig()));
    harness.open();
    return harness;
  }

  /** One that fails on a line for a reason that nobody thought of. */
  private static final class Failing extends RowIntake {
    private static final long serialVersionUID = 1L;

    @Override
    Collection<Table<?>> tables() {
      return List.of();
    }

    @Override
    List<TableRow> rows(TopicRecord record) {
      throw new ArithmeticException("too much");
    }
  }

  @Test
  void whatFailsOnARecordMakesItADeadLetter() throws Exception {
    try (var failing = harness(new Failing())) {
      failing.processElement(record("{}"), 0);
      Row letter = failing.extractOutputValues().get(0);
      assertThat(letter.getField(0)).isEqualTo("t");
      assertThat(letter.getField(1)).isEqualTo(2);
      assertThat(letter.getField(2)).isEqualTo(7L);
      assertThat(letter.getField(3))
          .isEqualTo("the archive cannot take it in: java.lang.ArithmeticException: too much");
      assertThat((byte[]) letter.getField(5)).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aRowGoesToItsTableAndWhatDoesNotReadSaysWhy() throws Exception {
    try (var told = harness(new ToldRows(Set.of(Message.Kind.CONTROL)))) {
      told.processElement(
          record(
              "{\"type\":\"control\",\"command_id\":\"c\",\"command\":\"HALT\",\"scope\":\"firm\","
                  + "\"reason\":\"drill\",\"issued_by\":\"x\",\"event_time_us\":1}"),
          0);
      told.processElement(record("{\"type\":\"control\"}"), 0);
      assertThat(told.getSideOutput(TableRow.tag(Commands.TABLE))).hasSize(1);
      assertThat(told.extractOutputValues())
          .singleElement()
          .satisfies(letter -> assertThat(letter.getField(4)).isEqualTo("command_id"));
    }
  }

  /** A sink that is chained behind it throws through it: a database that is away, say. */
  @Test
  void whatFailsBehindItIsNotTheRecordsFault() throws Exception {
    RowIntake passing = new Passing();
    try (var opened = harness(passing)) {
      assertThatThrownBy(() -> passing.processElement(record("{}"), null, new Away()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the database is away");
      assertThat(opened.extractOutputValues()).isEmpty();
    }
  }

  private static final class Passing extends RowIntake {
    private static final long serialVersionUID = 1L;

    @Override
    Collection<Table<?>> tables() {
      return List.of();
    }

    @Override
    List<TableRow> rows(TopicRecord record) {
      return List.of(TableRow.deadLetter(new Row(0)));
    }
  }

  private static final class Away implements Collector<Row> {
    @Override
    public void collect(Row row) {
      throw new IllegalStateException("the database is away");
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
