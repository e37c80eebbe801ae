package io.sluice.cli;

import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which ClickHouse a command is about, and as whom. */
final class ClickHouseChoice {
  private static final String PASSWORD = "SLUICE_CLICKHOUSE_PASSWORD";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8123",
      description = "ClickHouse's HTTP interface. Default: ${DEFAULT-VALUE}.")
  private String url;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      defaultValue = "sluice",
      description = "The archive's database. Default: ${DEFAULT-VALUE}.")
  private String database;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "Who connects, with the password of SLUICE_CLICKHOUSE_PASSWORD in the environment."
              + " Default: ${DEFAULT-VALUE}.")
  private String user;

  @Option(
      names = "--property",
      paramLabel = "KEY=VALUE",
      description = "A property of the ClickHouse JDBC driver, as for TLS. Can be repeated.")
  private Map<String, String> properties = Map.of();

  String database() {
    return database;
  }

  ClickHouseSettings settings() {
    Map<String, String> all = new TreeMap<>(properties);
    all.put("user", user);
    String password = System.getenv(PASSWORD);
    if (password != null) {
      all.put("password", password);
    }
    return new ClickHouseSettings(url, database, all);
  }
}
