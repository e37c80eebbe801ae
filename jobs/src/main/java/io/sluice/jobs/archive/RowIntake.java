package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.DeadLetter;
import io.sluice.operators.SluiceMetrics;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.DeadLetters;
import io.sluice.sinks.clickhouse.table.Table;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;

/**
 * Makes rows of a topic's records: each goes to its table's side output, or is a dead letter, which
 * goes to the main one. None is left out.
 */
abstract class RowIntake extends ProcessFunction<TopicRecord, Row> {
  private static final long serialVersionUID = 1L;

  private transient Counter archived;
  private transient Counter dead;

  /** The tables that there are rows for, dead letters apart. */
  abstract Collection<Table<?>> tables();

  /**
   * A record's rows.
   *
   * @throws UnreadableException where there are none to be made of it
   */
  abstract List<TableRow> rows(TopicRecord record) throws UnreadableException;

  @Override
  public void open(OpenContext context) throws Exception {
    MetricGroup metrics = SluiceMetrics.of(getRuntimeContext());
    archived = metrics.counter("archivedRecords");
    dead = metrics.counter("deadLetters");
  }

  /** Rows are put out when all are made: what fails behind them is not the record's fault. */
  @Override
  public void processElement(TopicRecord record, Context context, Collector<Row> out) {
    for (TableRow made : made(record)) {
      if (made.table() == null) {
        out.collect(made.row());
      } else {
        context.output(made.table(), made.row());
      }
    }
  }

  /** Whatever is wrong with a record, it stands in its topic and is read at every start. */
  private List<TableRow> made(TopicRecord record) {
    List<TableRow> rows;
    try {
      rows = rows(record);
    } catch (UnreadableException | RuntimeException e) {
      dead.inc();
      return List.of(TableRow.deadLetter(row(letter(record, e))));
    }
    archived.inc();
    return rows;
  }

  static DeadLetter letter(TopicRecord record, Exception why) {
    UnreadableException told = why instanceof UnreadableException unreadable ? unreadable : null;
    return DeadLetter.of(
        record.topic(),
        record.partition(),
        record.offset(),
        told == null ? "the archive cannot take it in: " + why : told.getMessage(),
        told == null ? null : told.field(),
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
