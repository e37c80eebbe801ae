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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema goes forward and back on the real engine, and is what the archive says it is. */
class MigrationTest {
  private static final List<Migration> ALL = Migration.all();

  private static ClickHouse clickHouse;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = LocalClickHouse.shared();
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

  /** Once, however often it is filled in, and however often a row was written. */
  @Test
  void whatStoodThereBeforeATableIsFilledInAfterwards() throws Exception {
    ClickHouseSettings settings = clickHouse.settings("filled");
    migrate(settings, 2);
    String decision =
        "(repeat('%s', 32), 'STRATEGY', 'firm', 'demo', 's', 'X:BTC', 'DENY', %s, '2026-01-01 12:%s')";
    execute(
        settings,
        List.of(
            "INSERT INTO decisions (decision_id, origin, risk_group, account, strategy, instrument,"
                + " verdict, risk_score, gate_time) VALUES "
                + String.join(
                    ", ",
                    decision.formatted("a", "0.2", "00:00"),
                    decision.formatted("a", "0.2", "00:00"),
                    decision.formatted("b", "0.5", "00:59.999999"),
                    decision.formatted("c", "NULL", "01:00")),
            "INSERT INTO trades (instrument, event_time, price, topic_partition, topic_offset) VALUES"
                + " ('X:BTC', '2026-01-01 12:00:00', 100, 0, 1),"
                + " ('X:BTC', '2026-01-01 12:00:00', 100, 0, 1),"
                + " ('X:BTC', '2026-01-01 12:00:30', 90, 0, 2),"
                + " ('X:BTC', '2026-01-01 12:00:59.999999', 95, 1, 1),"
                + " ('X:BTC', '2026-01-01 12:01:00', 110, 0, 3)",
            "INSERT INTO events (event_id, type, scope, instrument, severity, event_time, detail)"
                + " VALUES (repeat('d', 32), 'SHADOW_DIFF', 'account:demo', 'X:BTC', 'INFO',"
                + " '2026-01-01 12:00:00', '{\"intent_id\":\"i-1\",\"decision_id\":\"aa\","
                + "\"verdict\":\"ALLOW\",\"approved_qty\":\"2\",\"reasons\":[],"
                + "\"shadow_verdict\":\"SHRINK\",\"shadow_approved_qty\":\"1.5\","
                + "\"shadow_reasons\":[\"R03\",\"R04\"],\"limits_version\":7}'),"
                + " (repeat('e', 32), 'HALT', 'account:demo', '', 'ERROR', '2026-01-01 12:00:00',"
                + " '{}')"));
    migrate(settings, ALL.size());
    for (int run = 1; run <= 2; run++) {
      assertThat(
              lines(
                  settings,
                  "SELECT minute, account, verdict, uniqExactMerge(decisions), max(max_risk_score)"
                      + " FROM decisions_by_minute GROUP BY minute, account, verdict ORDER BY 1"))
          .containsExactly(
              "2026-01-01 12:00:00,demo,DENY,2,0.5", "2026-01-01 12:01:00,demo,DENY,1,null");
      assertThat(
              lines(
                  settings,
                  "SELECT minute, instrument, toString(argMinMerge(open)), toString(max(high)),"
                      + " toString(min(low)), toString(argMaxMerge(close)),"
                      + " uniqExactMerge(trades) FROM trades_by_minute"
                      + " GROUP BY minute, instrument ORDER BY 1"))
          .containsExactly(
              "2026-01-01 12:00:00,X:BTC,100,100,90,95,3",
              "2026-01-01 12:01:00,X:BTC,110,110,110,110,1");
      assertThat(
              lines(
                  settings,
                  "SELECT substring(event_id, 1, 1), account, intent_id, verdict, toString(approved_qty),"
                      + " shadow_verdict, toString(shadow_approved_qty),"
                      + " arrayStringConcat(shadow_reasons, '+'), limits_version"
                      + " FROM shadow_differences FINAL"))
          .containsExactly("d,demo,i-1,ALLOW,2,SHRINK,1.5,R03+R04,7");
      for (Migration migration : ALL) {
        execute(settings, migration.up());
      }
    }
  }

  private static List<String> lines(ClickHouseSettings settings, String query) throws SQLException {
    try (Connection connection = settings.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(rows.getString(i));
        }
        lines.add(String.join(",", cells));
      }
      return lines;
    }
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
