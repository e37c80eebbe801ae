package io.sluice.sinks.clickhouse;

import io.sluice.sinks.clickhouse.table.Table;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Connects a sink to ClickHouse. The settings, and with them the password, are looked up where the
 * sink runs, whenever it connects: none stands in a job graph, and a new one counts at once.
 */
final class ClickHouseConnections implements JdbcConnectionProvider {
  private static final long serialVersionUID = 1L;

  private final Table<?> table;
  private final SerializableSupplier<ClickHouseSettings> settings;
  private transient Connection connection;

  ClickHouseConnections(Table<?> table, SerializableSupplier<ClickHouseSettings> settings) {
    this.table = table;
    this.settings = settings;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  /** HTTP has no connection that could be lost: each attempt finds its own. */
  @Override
  public boolean isConnectionValid() {
    return connection != null;
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException {
    if (connection == null) {
      connection = settings.get().connectToInsert(table);
    }
    return connection;
  }

  @Override
  public void closeConnection() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // It is not used again, and what was answered is in its table.
    }
    connection = null;
  }

  @Override
  public Connection reestablishConnection() throws SQLException {
    closeConnection();
    return getOrEstablishConnection();
  }
}
