package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.sinks.clickhouse.Migration;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code sluice migrate} against the real engine. */
class MigrateCommandTest {
  private static final int NEWEST = Migration.all().size();

  private static ClickHouse clickHouse;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = LocalClickHouse.shared();
  }

  @Test
  void goesForwardAndBackAndSaysWhereItIs() {
    assertThat(migrate("one").out()).contains("up 1 (inputs)", "is at version " + NEWEST);
    assertThat(migrate("one").out()).isEqualTo(fine("one", NEWEST));
    assertThat(migrate("one", "--to", "1").out())
        .contains("down 2 (decisions)", "version 1 and as");
    assertThat(migrate("one", "--to", "1").out()).isEqualTo(fine("one", 1));
    assertThat(migrate("one").out()).doesNotContain("inputs").endsWith(fine("one", NEWEST));
  }

  @Test
  void thePlanIsTheSqlThatMigrates() throws Exception {
    String plan = migrate("two", "--plan").out();
    assertThat(plan).startsWith("CREATE DATABASE IF NOT EXISTS two;").contains("-- up 1 (inputs)");
    try (Connection connection = clickHouse.settings("two").connect();
        Connection outside = clickHouse.settings("system").connect();
        Statement statement = connection.createStatement()) {
      String[] statements = plan.split(";\\R\\R");
      outside.createStatement().execute(statements[0]);
      for (String sql : List.of(statements).subList(1, statements.length)) {
        statement.execute(sql);
      }
    }
    // All is there but the history: to migrate is to run the same once more.
    assertThat(migrate("two").out()).endsWith(fine("two", NEWEST));
    assertThat(migrate("two", "--plan").out())
        .isEqualTo("-- nothing to do: version " + NEWEST + System.lineSeparator());
    assertThat(migrate("two", "--plan", "--to", "0").out())
        .contains("DROP TABLE IF EXISTS trades;");
  }

  @Test
  void whatIsNotAsItShouldBeIsAnAnswerOfNo() throws Exception {
    migrate("three");
    try (Connection connection = clickHouse.settings("three").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE fills DROP COLUMN fee");
    }
    Cli.Run run = Cli.run("migrate", "--url", clickHouse.url(), "--database", "three");
    assertThat(run.code()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("column fills.fee is missing, expected 9 Nullable(Decimal(38");
  }

  @Test
  void whatCannotBeDoneSaysWhy() {
    assertUsage("version is 99, expected 0 (nothing) to " + NEWEST, "--to", "99");
    assertUsage("database is 1;DROP, expected letters", "--database", "1;DROP");
    assertUsage("url is localhost:8123, expected http://host:port", "--url", "localhost:8123");
    assertUsage("http://localhost:1", "--url", "http://localhost:1");
    assertUsage("AUTHENTICATION_FAILED", "--user", "nobody");
    assertUsage("no_such_property", "--property", "no_such_property=1");
  }

  private static void assertUsage(String message, String... options) {
    Object[] arguments = new Object[options.length + 3];
    arguments[0] = "migrate";
    arguments[1] = options[0].equals("--url") ? "--database" : "--url";
    arguments[2] = options[0].equals("--url") ? "x" : clickHouse.url();
    System.arraycopy(options, 0, arguments, 3, options.length);
    Cli.Run run = Cli.run(arguments);
    assertThat(run.err()).contains(message).startsWith("sluice: ");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
  }

  private static Cli.Run migrate(String database, String... options) {
    Object[] arguments = new Object[options.length + 5];
    arguments[0] = "migrate";
    arguments[1] = "--url";
    arguments[2] = clickHouse.url();
    arguments[3] = "--database";
    arguments[4] = database;
    System.arraycopy(options, 0, arguments, 5, options.length);
    return Cli.done(arguments);
  }

  private static String fine(String database, int version) {
    return "database "
        + database
        + " is at version "
        + version
        + " and as it should be"
        + System.lineSeparator();
  }
}
