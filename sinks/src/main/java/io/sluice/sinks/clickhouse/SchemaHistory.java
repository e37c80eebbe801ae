package io.sluice.sinks.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;

/** Which migrations a database has been through: a row for every step that was completed. */
final class SchemaHistory {
  static final String TABLE = "schema_history";

  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS "
          + TABLE
          + "\n(\n"
          + "    step UInt64,\n"
          + "    version UInt32,\n"
          + "    name String,\n"
          + "    direction Enum8('UP' = 1, 'DOWN' = 2),\n"
          + "    checksum String,\n"
          + "    completed_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')\n"
          + ")\nENGINE = MergeTree\nORDER BY step";

  private final Connection connection;

  SchemaHistory(Connection connection) {
    this.connection = connection;
  }

  /** The checksums of the migrations that are in force, by version; none before the first. */
  TreeMap<Integer, String> applied() throws SQLException {
    TreeMap<Integer, String> applied = new TreeMap<>();
    if (!exists()) {
      return applied;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT version, direction, checksum FROM " + TABLE + " ORDER BY step")) {
      while (rows.next()) {
        if (rows.getString(2).equals("UP")) {
          applied.put(rows.getInt(1), rows.getString(3));
        } else {
          applied.remove(rows.getInt(1));
        }
      }
    }
    return applied;
  }

  private boolean exists() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("EXISTS TABLE " + TABLE)) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  void completed(Migration migration, Direction direction) throws SQLException {
    String next = "INSERT INTO " + TABLE + " (step, version, name, direction, checksum)";
    try (PreparedStatement insert =
        connection.prepareStatement(next + " SELECT max(step) + 1, ?, ?, ?, ? FROM " + TABLE)) {
      insert.setInt(1, migration.version());
      insert.setString(2, migration.name());
      insert.setString(3, direction.name());
      insert.setString(4, migration.checksum());
      insert.executeUpdate();
    }
  }
}
