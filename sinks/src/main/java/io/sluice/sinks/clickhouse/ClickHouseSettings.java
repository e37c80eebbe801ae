package io.sluice.sinks.clickhouse;

import io.sluice.sinks.clickhouse.table.Table;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How ClickHouse is reached.
 *
 * @param url {@code http://host:port}, or {@code https://} for TLS
 * @param database letters, digits and underscores, not starting with a digit
 * @param properties of the driver, among them {@code user} and {@code password}
 */
public record ClickHouseSettings(String url, String database, Map<String, String> properties)
    implements Serializable {
  /** The database that every server has. */
  static final String SYSTEM = "system";

  /**
   * A server that says nothing for longer is one that is away; the driver would wait for ever. A
   * task that waits for it cannot be cancelled, and one that takes longer than Flink's bound for
   * that takes its whole task manager down.
   */
  static final Duration MAX_SILENCE = Duration.ofMinutes(2);

  private static final Pattern URL = Pattern.compile("https?://[^\\s/?#]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /** Properties that are a file, or PEM themselves. */
  private static final List<String> FILES =
      List.of("sslrootcert", "sslcert", "ssl_key", "trust_store", "ssl_key_store");

  private static final String PEM = "-----BEGIN";

  /** What Sluice's own promises rest on, whatever the driver's or the server's defaults are. */
  private static final Map<String, String> OWN =
      Map.of(
          // A batch that was answered is in its table.
          "clickhouse_setting_async_insert", "0",
          // Senders stamp what they send, so that a batch can be of any number of months.
          "clickhouse_setting_throw_on_max_partitions_per_insert_block", "0");

  /** Unless they are given. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // The local ClickHouse serves no compressed results.
          "compress", "false", "socket_timeout", String.valueOf(MAX_SILENCE.toMillis()));

  /**
   * @throws ClickHouseException naming what is wrong with the address or the name
   */
  public ClickHouseSettings {
    if (url.contains("@")) {
      // It is not shown: it may hold the password, and what is shown ends in a log.
      throw new ClickHouseException(
          "ClickHouse's url holds a user, expected http://host:port or https://host:port: user and"
              + " password are not part of it");
    }
    if (!URL.matcher(url).matches()) {
      throw new ClickHouseException(
          "ClickHouse's url is " + url + ", expected http://host:port or https://host:port");
    }
    if (!NAME.matcher(database).matches()) {
      throw new ClickHouseException(
          "ClickHouse's database is "
              + database
              + ", expected letters, digits and underscores, not starting with a digit");
    }
    properties = Map.copyOf(properties);
  }

  /** A server without a password, as the local stack has it. */
  public static ClickHouseSettings local(String url, String database) {
    return new ClickHouseSettings(url, database, Map.of());
  }

  /** The same with another database. */
  public ClickHouseSettings in(String other) {
    return new ClickHouseSettings(url, other, properties);
  }

  /**
   * A new connection to the database, which need not exist yet.
   *
   * @throws ClickHouseException where a file that the properties name cannot be read
   */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), all());
  }

  /**
   * A new connection whose statement, {@link Table#insert}, is sent in ClickHouse's binary format.
   *
   * @throws ClickHouseException where a file that the properties name cannot be read
   */
  public Connection connectToInsert(Table<?> table) throws SQLException {
    return new BinaryInserts(jdbcUrl(), all(), table);
  }

  private String jdbcUrl() {
    return "jdbc:clickhouse:" + url + "/" + database;
  }

  /** A file that is not there is told by its property, before anything is tried. */
  private void checkFiles() {
    for (String key : FILES) {
      String file = properties.get(key);
      boolean isRead = file == null || file.contains(PEM) || Files.isReadable(Path.of(file));
      if (!isRead) {
        throw new ClickHouseException(
            "ClickHouse's property " + key + " is " + file + ", expected a file that can be read");
      }
    }
  }

  private Properties all() {
    checkFiles();
    Properties all = new Properties();
    all.putAll(DEFAULTS);
    all.putAll(properties);
    all.putAll(OWN);
    return all;
  }

  /** Shows no password. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(properties);
    shown.replaceAll((key, value) -> key.equals("user") ? value : "...");
    return url + "/" + database + " " + shown;
  }
}
