package io.sluice.jobs.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Section;
import io.sluice.jobs.kafka.Topic;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is archived and where: the {@code clickhouse} section of the configuration. The password is
 * in a file, or in the environment variable {@value #PASSWORD}, and read where a sink connects.
 *
 * @param passwordFile holds the password and nothing else; null for the variable, or none
 * @param isMarketArchived whether trades and quotes are
 * @param batchRows the most rows of an insert
 * @param batchMs how long a row waits for others
 */
public record ArchiveSettings(
    ClickHouseSettings server,
    String passwordFile,
    boolean isMarketArchived,
    int batchRows,
    long batchMs)
    implements Serializable {

  /** The environment variable with the password, where no file has it. */
  public static final String PASSWORD = "SLUICE_CLICKHOUSE_PASSWORD";

  private static final String[] KEYS = {
    "url",
    "database",
    "user",
    "password_file",
    "properties",
    "market",
    "batch_rows",
    "batch_interval"
  };
  private static final int BATCH_ROWS = 2_000;
  private static final long BATCH_MS = 1_000;
  private static final Pattern SECRET = Pattern.compile(".*(password|passphrase|secret|token).*");

  /** A database of a server whose password, if any, is among its settings. */
  public static ArchiveSettings of(ClickHouseSettings server) {
    return new ArchiveSettings(server, null, false, BATCH_ROWS, BATCH_MS);
  }

  /**
   * @throws ConfigurationException naming the key, its value and what was expected
   */
  public static ArchiveSettings parse(Section section) {
    section.allow(KEYS);
    Map<String, String> properties = properties(section.section("properties"));
    properties.put("user", section.text("user", "default"));
    ClickHouseSettings server;
    try {
      server =
          new ClickHouseSettings(
              section.text("url"), section.text("database", "sluice"), properties);
    } catch (ClickHouseException e) {
      throw new ConfigurationException(e.getMessage());
    }
    return new ArchiveSettings(
        server,
        section.has("password_file") ? section.text("password_file") : null,
        isTrue(section, "market"),
        (int) section.whole("batch_rows", 1, 100_000, BATCH_ROWS),
        section.durationUs("batch_interval", BATCH_MS * 1_000) / 1_000);
  }

  private static boolean isTrue(Section section, String key) {
    if (section.has(key) && !section.node(key).isBoolean()) {
      throw section.wrong(key, "true or false");
    }
    return section.node(key).asBoolean(false);
  }

  private static Map<String, String> properties(Section section) {
    Map<String, String> properties = new TreeMap<>();
    for (String key : section.keys()) {
      section.attempt(() -> properties.put(key, property(section, key)));
    }
    return properties;
  }

  private static String property(Section section, String key) {
    JsonNode value = section.node(key);
    if (key.equals("user")) {
      throw section.wrong(key, "nothing: it is a key beside properties");
    }
    if (SECRET.matcher(key).matches()) {
      // The value is not shown: it may be the secret itself.
      throw section.refused(
          key + " is a secret, expected none here: name password_file, or set " + PASSWORD);
    }
    if (!value.isValueNode() || value.isNull()) {
      throw section.wrong(key, "a text, a number, true or false");
    }
    return value.asText();
  }

  /**
   * The same with the password in a file.
   *
   * @param file null for none
   */
  public ArchiveSettings withPasswordIn(String file) {
    return new ArchiveSettings(server, file, isMarketArchived, batchRows, batchMs);
  }

  /** The same with trades and quotes. */
  public ArchiveSettings withMarket() {
    return new ArchiveSettings(server, passwordFile, true, batchRows, batchMs);
  }

  /** The same with other batches. */
  public ArchiveSettings inBatchesOf(int rows, long waitMs) {
    return new ArchiveSettings(server, passwordFile, isMarketArchived, rows, waitMs);
  }

  /**
   * How the server is reached, the password as it is now included.
   *
   * @throws ClickHouseException where the password's file cannot be read
   */
  public ClickHouseSettings clickHouse() {
    String password = passwordFile == null ? System.getenv(PASSWORD) : read(passwordFile);
    if (password == null) {
      return server;
    }
    Map<String, String> properties = new TreeMap<>(server.properties());
    properties.put("password", password);
    return new ClickHouseSettings(server.url(), server.database(), properties);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new ClickHouseException(
          "clickhouse.password_file is " + file + ", which cannot be read", e);
    }
  }

  /** The topics that are archived. */
  List<Topic> topics() {
    List<Topic> topics = new ArrayList<>();
    if (isMarketArchived) {
      topics.addAll(Topic.MARKET);
    }
    topics.addAll(Topic.ORDERS);
    topics.addAll(Topic.ANSWERS);
    topics.addAll(Topic.MADE_OF_MARKET);
    return topics;
  }
}
