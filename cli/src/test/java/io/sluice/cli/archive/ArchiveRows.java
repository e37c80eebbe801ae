package io.sluice.cli.archive;

import io.sluice.cli.Cli;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.sinks.clickhouse.Migration;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An archive on the real engine, with the rows that a test gives it. */
final class ArchiveRows implements AutoCloseable {
  private static final String DATABASE = "archive";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ClickHouse clickHouse;

  private ArchiveRows(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  static ArchiveRows start() throws Exception {
    ArchiveRows archive = new ArchiveRows(LocalClickHouse.start());
    MigrationTest.migrate(archive.clickHouse.settings(DATABASE), Migration.all().size());
    return archive;
  }

  /** Leaves no row in any table. */
  void clear() throws Exception {
    String tables =
        execute(
            "SELECT name FROM system.tables WHERE database = currentDatabase()"
                + " AND engine LIKE '%MergeTree' AND name != 'schema_history'");
    for (String table : tables.lines().toList()) {
      execute("TRUNCATE TABLE " + table);
    }
  }

  /** A JSON object a row; what it does not say is empty, 0, NULL or the first of an enumeration. */
  void insert(String table, String... rows) throws Exception {
    execute("INSERT INTO " + table + " FORMAT JSONEachRow\n" + String.join("\n", rows));
  }

  private String execute(String sql) throws Exception {
    String address =
        clickHouse.url()
            + "/?database="
            + DATABASE
            + "&date_time_input_format=best_effort&user="
            + URLEncoder.encode(
                clickHouse.settings(DATABASE).properties().get("user"), StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(
                clickHouse.settings(DATABASE).properties().get("password"), StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofString(sql)).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
    return answer.body();
  }

  /** Runs {@code sluice sql} on it. */
  Cli.Run sql(String... arguments) {
    List<String> all = new ArrayList<>(List.of("sql", "--url", clickHouse.url()));
    all.addAll(List.of("--database", DATABASE));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray());
  }

  /** The rows of a named query's answer as CSV without quotes, without their heading. */
  String answer(String query, String... parameters) {
    List<String> arguments = new ArrayList<>(List.of("--query", query, "--csv"));
    for (String parameter : parameters) {
      arguments.addAll(List.of("--param", parameter));
    }
    Cli.Run run = sql(arguments.toArray(new String[0]));
    if (run.code() != 0) {
      throw new AssertionError(run.err());
    }
    return run.out().substring(run.out().indexOf('\n') + 1).replace("\"", "").replace("\\N", "-");
  }

  @Override
  public void close() {
    LocalClickHouse.end(clickHouse);
  }
}
