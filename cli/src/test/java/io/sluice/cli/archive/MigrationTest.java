package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migration;
import io.sluice.sinks.clickhouse.Migrator;
import io.sluice.sinks.clickhouse.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema goes forward and back on the real engine, and is what the archive says it is. */
class MigrationTest {
  private static final List<Migration> ALL = Migration.all();

  private static ClickHouse clickHouse;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = LocalClickHouse.start();
  }

  @AfterAll
  static void stop() {
    LocalClickHouse.end(clickHouse);
  }

  @Test
  void everyVersionIsWhatItsDescriptionSays() throws Exception {
    ClickHouseSettings settings = clickHouse.settings("described");
    Map<String, String> found = new TreeMap<>();
    Map<String, String> described = new TreeMap<>();
    for (Migration migration : ALL) {
      migrate(settings, migration.version());
      String file = "%04d-%s.schema.tsv".formatted(migration.version(), migration.name());
      found.put(file, schema(settings).toString());
      described.put(file, migration.schema().toString());
      // What the description of a new migration has to be.
      Files.writeString(Path.of("target", file), found.get(file));
    }
    assertThat(described).isEqualTo(found);
  }

  @Test
  void everyStepBackLeavesTheVersionBefore() throws Exception {
    ClickHouseSettings settings = clickHouse.settings("back");
    migrate(settings, ALL.size());
    for (int version = ALL.size() - 1; version > 0; version--) {
      migrate(settings, version);
      assertThat(schema(settings)).isEqualTo(ALL.get(version - 1).schema());
    }
    migrate(settings, 0);
    assertThat(schema(settings).tables()).isEmpty();
    migrate(settings, ALL.size());
    assertThat(schema(settings)).isEqualTo(ALL.get(ALL.size() - 1).schema());
  }

  @Test
  void everyStatementCanBeRunAgain() throws Exception {
    ClickHouseSettings settings = clickHouse.settings("again");
    for (Migration migration : ALL) {
      migrate(settings, migration.version());
      execute(settings, migration.up());
      assertThat(schema(settings)).isEqualTo(migration.schema());
    }
    for (int i = ALL.size() - 1; i >= 0; i--) {
      migrate(settings, i);
      execute(settings, ALL.get(i).down());
    }
    assertThat(schema(settings).tables()).isEmpty();
  }

  @Test
  void aPlanRunsNothing() {
    ClickHouseSettings settings = clickHouse.settings("planned");
    try (Migrator migrator = Migrator.open(settings)) {
      assertThat(migrator.plan(ALL.size())).hasSize(ALL.size());
      assertThat(migrator.preparation()).first().asString().startsWith("CREATE DATABASE");
      assertThat(migrator.version()).isZero();
      assertThat(migrator.preparation()).first().asString().startsWith("CREATE DATABASE");
    }
  }

  @Test
  void aNewerDatabaseIsRefused() {
    ClickHouseSettings settings = clickHouse.settings("newer");
    migrate(settings, ALL.size());
    try (Migrator older = Migrator.open(settings, ALL.subList(0, ALL.size() - 1))) {
      assertThatThrownBy(() -> older.plan(ALL.size() - 1))
          .isInstanceOf(ClickHouseException.class)
          .hasMessageContaining("newer is at version " + ALL.size())
          .hasMessageContaining("up to " + (ALL.size() - 1))
          .hasMessageContaining("run a newer Sluice");
    }
  }

  @Test
  void anotherMigrationOfTheSameVersionIsRefused() {
    ClickHouseSettings settings = clickHouse.settings("another");
    migrate(settings, 1);
    Migration first = ALL.get(0);
    Migration other =
        new Migration(1, first.name(), first.up(), first.down(), first.schema(), "other");
    try (Migrator migrator = Migrator.open(settings, List.of(other))) {
      assertThatThrownBy(migrator::version)
          .isInstanceOf(ClickHouseException.class)
          .hasMessageContaining("1 (inputs) was another one");
    }
  }

  @Test
  void whatSomebodyChangedIsNamed() throws Exception {
    ClickHouseSettings settings = clickHouse.settings("changed");
    migrate(settings, ALL.size());
    execute(
        settings,
        List.of(
            "ALTER TABLE events MODIFY COLUMN detail LowCardinality(String)",
            "ALTER TABLE events ADD COLUMN mine UInt8",
            "ALTER TABLE fills DROP COLUMN fee",
            "DROP TABLE quotes",
            "CREATE TABLE mine (n UInt8) ENGINE = Memory"));
    try (Migrator migrator = Migrator.open(settings)) {
      assertThat(migrator.differences())
          .anyMatch(line -> line.startsWith("table quotes is missing, expected Replacing"))
          .anyMatch(line -> line.startsWith("column events.detail is") && line.contains("LowCard"))
          .anyMatch(line -> line.startsWith("column events.mine is there"))
          .anyMatch(line -> line.startsWith("column fills.fee is missing"))
          .noneMatch(line -> line.contains("table mine"));
    }
  }

  @Test
  void whereNobodyAnswersItSaysSo() {
    ClickHouseSettings nobody = ClickHouseSettings.local("http://localhost:1", "sluice");
    assertThatThrownBy(
            () -> {
              try (Migrator migrator = Migrator.open(nobody)) {
                migrator.version();
              }
            })
        .isInstanceOf(ClickHouseException.class)
        .hasMessageContaining("http://localhost:1 cannot be used; see that it runs");
  }

  static void migrate(ClickHouseSettings settings, int version) {
    try (Migrator migrator = Migrator.open(settings)) {
      migrator.plan(version).forEach(migrator::take);
      assertThat(migrator.version()).isEqualTo(version);
    }
  }

  private static Schema schema(ClickHouseSettings settings) throws SQLException {
    try (Connection connection = settings.connect()) {
      return Schema.of(connection);
    }
  }

  private static void execute(ClickHouseSettings settings, List<String> statements)
      throws SQLException {
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
