package io.sluice.jobs.archive;

import io.sluice.domain.json.UnreadableException;
import io.sluice.operators.edge.TopicRecord;
import io.sluice.sinks.clickhouse.table.Recorded;
import io.sluice.sinks.clickhouse.table.Table;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/** Rows of what the gate wrote. */
final class RecordedRows extends RowIntake {
  private static final long serialVersionUID = 1L;

  private final Table<Recorded> table;
  private final Reading reading;
  private transient OutputTag<Row> tag;

  /** How a line of the topic is read. */
  interface Reading extends Serializable {
    /**
     * @throws UnreadableException where it is no JSON object
     */
    Recorded read(byte[] line, long publishedUs) throws UnreadableException;
  }

  RecordedRows(Table<Recorded> table, Reading reading) {
    this.table = table;
    this.reading = reading;
  }

  @Override
  Collection<Table<?>> tables() {
    return List.of(table);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    super.open(context);
    tag = TableRow.tag(table);
  }

  /** Read without the wire's bounds: Sluice wrote it. */
  static Recorded recorded(TopicRecord record, Reading reading) throws UnreadableException {
    requireValue(record);
    return reading.read(record.value(), record.appendedUs());
  }

  static void requireValue(TopicRecord record) throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("no value (a tombstone), expected what the gate writes", null);
    }
  }

  @Override
  List<TableRow> rows(TopicRecord record) throws UnreadableException {
    return List.of(new TableRow(tag, table.row(recorded(record, reading))));
  }
}
