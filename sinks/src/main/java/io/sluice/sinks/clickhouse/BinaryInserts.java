package io.sluice.sinks.clickhouse;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.metadata.NoSuchColumnException;
import com.clickhouse.client.api.metadata.TableSchema;
import com.clickhouse.data.ClickHouseColumn;
import com.clickhouse.jdbc.ConnectionImpl;
import com.clickhouse.jdbc.WriterStatementImpl;
import com.clickhouse.jdbc.internal.ParsedPreparedStatement;
import io.sluice.sinks.clickhouse.table.Table;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A connection that inserts into one table, in ClickHouse's binary row format: neither side makes
 * text of a row, which is most of the work of an insert with VALUES.
 *
 * <p>The driver does so itself behind an option in beta, but takes a row's values for those of the
 * table's columns as they stand. Here they are those of the columns that are written, by name, so
 * that a column more in the table does no harm.
 */
final class BinaryInserts extends ConnectionImpl {
  private final Table<?> table;

  BinaryInserts(String url, Properties properties, Table<?> table) throws SQLException {
    super(url, properties);
    this.table = table;
  }

  /** Asks ClickHouse for the types of the table's columns. */
  @Override
  public PreparedStatement prepareStatement(String insert) throws SQLException {
    List<ClickHouseColumn> columns = new ArrayList<>();
    try {
      TableSchema there = getClient().getTableSchema(table.name());
      for (String column : table.columns()) {
        columns.add(there.getColumnByName(column));
      }
    } catch (NoSuchColumnException e) {
      throw new SQLException(table.name() + " is not as this Sluice needs it: migrate", e);
    } catch (ClickHouseException e) {
      throw new SQLException("ClickHouse does not say what " + table.name() + " holds", e);
    }
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

    /**
     * A row that cannot be written leaves nothing behind that the next attempt would go on from.
     */
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
