package io.sluice.sinks.clickhouse;

import com.clickhouse.client.api.metadata.TableSchema;
import com.clickhouse.data.ClickHouseColumn;
import com.clickhouse.jdbc.ConnectionImpl;
import com.clickhouse.jdbc.WriterStatementImpl;
import com.clickhouse.jdbc.internal.ParsedPreparedStatement;
import io.sluice.sinks.clickhouse.table.Table;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * A connection that inserts into one table, in ClickHouse's binary row format: neither side makes
 * text of a row, which is most of the work of an insert with VALUES.
 *
 * <p>The driver does so itself behind an option in beta, but takes a row's values for those of the
 * table's columns as they stand, and asks ClickHouse for them before anything is written. Here they
 * are those of the columns that are written, by name and as the newest migration has them, so that
 * a column more does no harm and a ClickHouse that is away is only noticed where it is tried again.
 */
final class BinaryInserts extends ConnectionImpl {
  private final Table<?> table;

  BinaryInserts(String url, Properties properties, Table<?> table) throws SQLException {
    super(url, properties);
    this.table = table;
  }

  @Override
  public PreparedStatement prepareStatement(String insert) throws SQLException {
    List<Migration> migrations = Migration.all();
    Schema schema = migrations.get(migrations.size() - 1).schema();
    List<ClickHouseColumn> columns =
        table.columns().stream()
            .map(column -> ClickHouseColumn.of(column, schema.typeOf(table.name(), column)))
            .toList();
    String into = table.name() + " (" + String.join(", ", table.columns()) + ")";
    return new Batch(
        this,
        insert,
        new TableSchema(into, "", getSchema(), columns),
        getSqlParser().parsePreparedStatement(insert));
  }

  private static final class Batch extends WriterStatementImpl {
    private Batch(
        ConnectionImpl connection, String sql, TableSchema schema, ParsedPreparedStatement parsed)
        throws SQLException {
      super(connection, sql, schema, parsed);
    }

    /** A row that cannot be written leaves nothing behind: all are added again. */
    @Override
    public void addBatch() throws SQLException {
      try {
        super.addBatch();
      } catch (SQLException | RuntimeException e) {
        cancel();
        throw e;
      }
    }
  }
}
