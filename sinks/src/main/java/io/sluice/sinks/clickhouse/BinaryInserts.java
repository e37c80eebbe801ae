package io.sluice.sinks.clickhouse;

import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import com.clickhouse.jdbc.ConnectionImpl;
import com.clickhouse.jdbc.PreparedStatementImpl;
import com.clickhouse.jdbc.internal.ExceptionUtils;
import com.clickhouse.jdbc.internal.ParsedPreparedStatement;
import io.sluice.sinks.clickhouse.table.Table;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * A connection that inserts into one table, in ClickHouse's binary row format: neither side makes
 * text of a row, which is most of the work of an insert with VALUES.
 *
 * <p>The driver does so itself behind an option in beta, but takes a row's values for those of the
 * table's columns as they stand, asks ClickHouse for them before anything is written, and writes
 * byte by byte. Here they are those of the columns that are written, by name and as the newest
 * migration has them, so that a column more does no harm and a ClickHouse that is away is only
 * noticed where it is tried again.
 */
final class BinaryInserts extends ConnectionImpl {
  private final Table<?> table;

  BinaryInserts(String url, Properties properties, Table<?> table) throws SQLException {
    super(url, properties);
    this.table = table;
  }

  @Override
  public PreparedStatement prepareStatement(String insert) throws SQLException {
    return new Batch(this, insert, table, getSqlParser().parsePreparedStatement(insert));
  }

  private static final class Batch extends PreparedStatementImpl {
    private final ConnectionImpl connection;
    private final Table<?> table;
    private final BinaryType[] types;
    private final Object[] row;
    private final BinaryOutput out = new BinaryOutput();
    private int rows;

    private Batch(
        ConnectionImpl connection, String sql, Table<?> table, ParsedPreparedStatement parsed)
        throws SQLException {
      super(connection, sql, parsed);
      this.connection = connection;
      this.table = table;
      List<Migration> migrations = Migration.all();
      Schema schema = migrations.get(migrations.size() - 1).schema();
      this.types =
          table.columns().stream()
              .map(column -> BinaryType.of(schema.typeOf(table.name(), column)))
              .toArray(BinaryType[]::new);
      this.row = new Object[types.length];
    }

    @Override
    public void setObject(int parameter, Object value) {
      row[parameter - 1] = value;
    }

    /** A row that cannot be written leaves nothing behind: all are added again. */
    @Override
    public void addBatch() throws SQLException {
      try {
        for (int i = 0; i < types.length; i++) {
          types[i].write(row[i], out);
        }
        rows++;
      } catch (RuntimeException e) {
        clearBatch();
        throw new SQLException("a row of " + table + " cannot be written: " + e, e);
      }
    }

    /** Whatever becomes of it: where it is tried again, all rows are added again. */
    @Override
    public int[] executeBatch() throws SQLException {
      ensureOpen();
      int[] written = new int[rows];
      Arrays.fill(written, SUCCESS_NO_INFO);
      String into = table.name() + " (" + String.join(", ", table.columns()) + ")";
      InsertSettings settings = new InsertSettings();
      settings.setQueryId(setLastQueryID(settings.getQueryId()));
      try {
        connection
            .getClient()
            .insert(into, out.content(), ClickHouseFormat.RowBinary, settings)
            .get()
            .close();
        return written;
      } catch (InterruptedException e) {
        // The job is cancelled: whoever would try again has to see it.
        Thread.currentThread().interrupt();
        throw ExceptionUtils.toSqlState(e);
      } catch (Exception e) {
        throw ExceptionUtils.toSqlState(e);
      } finally {
        clearBatch();
      }
    }

    @Override
    public void clearBatch() {
      out.cutTo(0);
      rows = 0;
      Arrays.fill(row, null);
    }
  }
}
