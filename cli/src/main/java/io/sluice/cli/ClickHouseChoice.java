package io.sluice.cli;

import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which ClickHouse a command is about, and as whom. */
final class ClickHouseChoice {
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
      description = "Who connects. Default: ${DEFAULT-VALUE}.")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "Holds the password. Default: that in SLUICE_CLICKHOUSE_PASSWORD in the environment.")
  private String passwordFile;

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
    return ArchiveSettings.of(new ClickHouseSettings(url, database, all))
        .withPasswordIn(passwordFile)
        .clickHouse();
  }
}
