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
  private transient volatile Connection connection;
  private transient volatile boolean isEnded;

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
    if (isEnded) {
      throw new SQLException("the sink has ended");
    }
    if (connection == null) {
      connection = settings.get().connectToInsert(table);
    }
    return connection;
  }

  @Override
  public void closeConnection() {
    Connection open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      // It is not used again, and what was answered is in its table.
    }
  }

  /** Closes the connection for good: what is being sent is given up, and nothing else is. */
  void end() {
    isEnded = true;
    closeConnection();
  }

  @Override
  public Connection reestablishConnection() throws SQLException {
    closeConnection();
    return getOrEstablishConnection();
  }
}
