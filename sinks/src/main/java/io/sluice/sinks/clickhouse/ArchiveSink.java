package io.sluice.sinks.clickhouse;

import io.sluice.sinks.clickhouse.table.Table;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.types.Row;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Writes rows into a table in batches, at least once: what is written again is the same row, which
 * the table's engine puts in the place of the first. A batch that fails is tried again a few times,
 * then the job is, from its last checkpoint on.
 */
public final class ArchiveSink {
  /** After none, one and two seconds; further waits are the job's own between its restarts. */
  private static final int RETRIES = 3;

  private ArchiveSink() {}

  /**
   * @param settings how ClickHouse is reached, looked up where the sink runs
   * @param batchRows the most rows of a batch
   * @param batchMs how long a row waits for others
   */
  public static Sink<Row> into(
      Table<?> table,
      SerializableSupplier<ClickHouseSettings> settings,
      int batchRows,
      long batchMs) {
    return JdbcSink.<Row>builder()
        .withQueryStatement(table.insert(), ArchiveSink::set)
        .withExecutionOptions(
            JdbcExecutionOptions.builder()
                .withBatchSize(batchRows)
                .withBatchIntervalMs(batchMs)
                .withMaxRetries(RETRIES)
                .build())
        .buildAtLeastOnce(new ClickHouseConnections(table, settings));
  }

  private static void set(PreparedStatement statement, Row row) throws SQLException {
    for (int i = 0; i < row.getArity(); i++) {
      statement.setObject(i + 1, row.getField(i));
    }
  }
}
