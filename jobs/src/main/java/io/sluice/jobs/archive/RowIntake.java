package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.SluiceMetrics;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.Collection;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Makes rows of a topic's records: each goes to its table's side output, or is a dead letter, which
 * goes to the main one. None is left out.
 */
abstract class RowIntake extends ProcessFunction<TopicRecord, Row> {
  private static final long serialVersionUID = 1L;

  private transient Counter archived;
  private transient Counter dead;

  /** Where the rows of a table come out. */
  static OutputTag<Row> tag(Table<?> table) {
    return new OutputTag<>(table.name(), table.type());
  }

  /** The tables that there are rows for, dead letters apart. */
  abstract Collection<Table<?>> tables();

  /**
   * Puts out a record's row.
   *
   * @throws UnreadableException where there is none to be made of it
   */
  abstract void archive(TopicRecord record, Context context, Collector<Row> deadLetters)
      throws UnreadableException;

  @Override
  public void open(OpenContext context) throws Exception {
    MetricGroup metrics = SluiceMetrics.of(getRuntimeContext());
    archived = metrics.counter("archivedRecords");
    dead = metrics.counter("deadLetters");
  }

  @Override
  public void processElement(TopicRecord record, Context context, Collector<Row> out) {
    try {
      archive(record, context, out);
      archived.inc();
    } catch (UnreadableException e) {
      dead.inc();
      out.collect(row(letter(record, e)));
    }
  }

  static DeadLetter letter(TopicRecord record, UnreadableException e) {
    return DeadLetter.of(
        record.topic(),
        record.partition(),
        record.offset(),
        e.getMessage(),
        e.field(),
        record.value() == null ? new byte[0] : record.value());
  }

  static Row row(DeadLetter letter) {
    try {
      return DeadLetters.TABLE.row(letter);
    } catch (UnreadableException e) {
      throw new IllegalStateException("every dead letter is a row", e);
    }
  }
}
