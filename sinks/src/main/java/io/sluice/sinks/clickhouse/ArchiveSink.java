package io.sluice.sinks.clickhouse;

import io.sluice.sinks.clickhouse.table.Table;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.jdbc.JdbcExactlyOnceOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriterState;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.connector.jdbc.datasource.statements.SimpleJdbcQueryStatement;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;
import org.apache.flink.types.Row;
import org.apache.flink.util.function.SerializableSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows into a table in batches, at least once: what is written again is the same row, which
 * the table's engine puts in the place of the first. A batch that fails is tried again a few times,
 * then the job is, from its last checkpoint on.
 */
public final class ArchiveSink extends JdbcSink<Row> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveSink.class);

  /** After none, one and two seconds; further waits are the job's own between its restarts. */
  private static final int RETRIES = 3;

  private final ClickHouseConnections connections;
  private final JdbcExecutionOptions options;
  private final JdbcQueryStatement<Row> insert;

  private ArchiveSink(
      ClickHouseConnections connections,
      JdbcExecutionOptions options,
      JdbcQueryStatement<Row> insert) {
    super(
        DeliveryGuarantee.AT_LEAST_ONCE,
        connections,
        options,
        JdbcExactlyOnceOptions.defaults(),
        insert);
    this.connections = connections;
    this.options = options;
    this.insert = insert;
  }

  /**
   * @param settings how ClickHouse is reached, looked up where the sink runs
   * @param batchRows the most rows of a batch
   * @param batchMs how long a row waits for others
   */
  public static ArchiveSink into(
      Table<?> table,
      SerializableSupplier<ClickHouseSettings> settings,
      int batchRows,
      long batchMs) {
    return new ArchiveSink(
        new ClickHouseConnections(table, settings),
        JdbcExecutionOptions.builder()
            .withBatchSize(batchRows)
            .withBatchIntervalMs(batchMs)
            .withMaxRetries(RETRIES)
            .build(),
        new SimpleJdbcQueryStatement<>(table.insert(), ArchiveSink::set));
  }

  @Override
  public JdbcWriter<Row> restoreWriter(
      WriterInitContext context, Collection<JdbcWriterState> states) throws IOException {
    return new Writer(context, states);
  }

  private final class Writer extends JdbcWriter<Row> {
    private Writer(WriterInitContext context, Collection<JdbcWriterState> states)
        throws IOException {
      super(
          connections,
          options,
          JdbcExactlyOnceOptions.defaults(),
          insert,
          JdbcOutputSerializer.of(context.createInputSerializer(), context.isObjectReuseEnabled()),
          DeliveryGuarantee.AT_LEAST_ONCE,
          states,
          context);
    }

    /**
     * Rows that wait here when a task fails or is cancelled come again from its last checkpoint,
     * and a task that ends well has none. The connector would try to write them once more, and
     * throw where it cannot: which, of a task that has failed, takes Flink's task manager down.
     */
    @Override
    public void close() {
      connections.end();
      try {
        super.close();
      } catch (Exception e) {
        LOG.info("What was not written comes again from the last checkpoint: {}", e.toString());
      }
    }
  }

  private static void set(PreparedStatement statement, Row row) throws SQLException {
    for (int i = 0; i < row.getArity(); i++) {
      statement.setObject(i + 1, row.getField(i));
    }
  }
}
