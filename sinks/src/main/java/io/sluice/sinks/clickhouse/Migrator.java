package io.sluice.sinks.clickhouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Brings the archive's database to a version of its schema, forward or back.
 *
 * <p>Written here and not taken from a library: of the two that know ClickHouse, the one goes back
 * and shows its plan only in an edition that is sold, the other does not work with this driver.
 */
public final class Migrator implements AutoCloseable {
  private final ClickHouseSettings settings;
  private final List<Migration> migrations;
  private final Connection connection;

  private Migrator(ClickHouseSettings settings, List<Migration> migrations, Connection connection) {
    this.settings = settings;
    this.migrations = migrations;
    this.connection = connection;
  }

  /** One migration, taken one way. */
  public record Step(Migration migration, Direction direction) {
    public List<String> statements() {
      return direction == Direction.UP ? migration.up() : migration.down();
    }

    @Override
    public String toString() {
      return direction.name().toLowerCase(Locale.ROOT) + " " + migration;
    }
  }

  /**
   * @throws ClickHouseException when ClickHouse cannot be reached, or does not let this user in
   */
  public static Migrator open(ClickHouseSettings settings) {
    return open(settings, Migration.all());
  }

  /** The same for a Sluice that knows these migrations only. */
  public static Migrator open(ClickHouseSettings settings, List<Migration> migrations) {
    try {
      Migrator migrator = new Migrator(settings, migrations, settings.connect());
      migrator.databaseExists();
      return migrator;
    } catch (SQLException e) {
      throw new ClickHouseException(
          "ClickHouse at "
              + settings.url()
              + " cannot be used; see that it runs, and that url, user, password and properties are"
              + " right",
          e);
    }
  }

  /** The newest version that this Sluice knows. */
  public int newest() {
    return migrations.size();
  }

  /**
   * The version that the database is at, 0 for one that is empty or missing.
   *
   * @throws ClickHouseException when the database has been through migrations that this Sluice does
   *     not know
   */
  public int version() {
    TreeMap<Integer, String> applied = asked(this::applied);
    int version = applied.isEmpty() ? 0 : applied.lastKey();
    if (version > newest()) {
      throw new ClickHouseException(
          "database "
              + settings.database()
              + " is at version "
              + version
              + ", this Sluice knows versions up to "
              + newest()
              + ": run a newer Sluice, or go back with the newer one (migrate --to "
              + newest()
              + ")");
    }
    for (Migration migration : migrations.subList(0, version)) {
      String checksum = applied.get(migration.version());
      if (!migration.checksum().equals(checksum)) {
        throw new ClickHouseException(
            "migration "
                + migration
                + (checksum == null ? " was not taken" : " was another one")
                + " in database "
                + settings.database()
                + ", which is at version "
                + version
                + ": use the Sluice that made this database, or another database");
      }
    }
    return version;
  }

  private TreeMap<Integer, String> applied() throws SQLException {
    return databaseExists() ? new SchemaHistory(connection).applied() : new TreeMap<>();
  }

  /** What brings the database to a version, in order; nothing when it is there. */
  public List<Step> plan(int target) {
    if (target < 0 || target > newest()) {
      throw new ClickHouseException(
          "version is " + target + ", expected 0 (nothing) to " + newest() + " (the newest)");
    }
    int version = version();
    List<Step> steps = new ArrayList<>();
    for (int next = version + 1; next <= target; next++) {
      steps.add(new Step(migrations.get(next - 1), Direction.UP));
    }
    for (int last = version; last > target; last--) {
      steps.add(new Step(migrations.get(last - 1), Direction.DOWN));
    }
    return steps;
  }

  /** The statements that have to come before the first step; none when they have been run. */
  public List<String> preparation() {
    return asked(
        () -> {
          List<String> statements = new ArrayList<>();
          if (!databaseExists()) {
            statements.add(createDatabase());
          }
          if (applied().isEmpty()) {
            statements.add(SchemaHistory.CREATE);
          }
          return statements;
        });
  }

  private String createDatabase() {
    return "CREATE DATABASE IF NOT EXISTS " + settings.database();
  }

  /** Takes one step of a {@link #plan}; interrupted, it can be taken again. */
  public void take(Step step) {
    asked(
        () -> {
          try (Connection outside = settings.in(ClickHouseSettings.SYSTEM).connect()) {
            execute(outside, createDatabase());
          }
          execute(connection, SchemaHistory.CREATE);
          for (String statement : step.statements()) {
            execute(connection, statement);
          }
          new SchemaHistory(connection).completed(step.migration(), step.direction());
          return null;
        });
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * In what the database differs from its version, a line each; empty when it is as it should be.
   */
  public List<String> differences() {
    int version = version();
    if (version == 0) {
      return List.of();
    }
    return migrations.get(version - 1).schema().differences(asked(() -> Schema.of(connection)));
  }

  private boolean databaseExists() throws SQLException {
    try (Connection outside = settings.in(ClickHouseSettings.SYSTEM).connect();
        Statement statement = outside.createStatement();
        ResultSet row = statement.executeQuery("EXISTS DATABASE " + settings.database())) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  /** Something that is asked of ClickHouse. */
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw new ClickHouseException(
          "ClickHouse at " + settings.url() + ", database " + settings.database(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new ClickHouseException("the connection to " + settings.url() + " does not close", e);
    }
  }
}
