package io.sluice.jobs.archive;

import io.sluice.sinks.clickhouse.table.Table;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/**
 * A row on its way into a table.
 *
 * @param table the side output that leads there; null for dead letters, which are the main output
 */
record TableRow(OutputTag<Row> table, Row row) {
  /** Where the rows of a table come out. */
  static OutputTag<Row> tag(Table<?> table) {
    return new OutputTag<>(table.name(), table.type());
  }

  static TableRow deadLetter(Row row) {
    return new TableRow(null, row);
  }
}
