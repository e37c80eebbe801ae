package io.sluice.cli.demo;

import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.ClickHouseOptions;
import io.sluice.cli.stack.StackException;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.sinks.clickhouse.ClickHouseException;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import io.sluice.sinks.clickhouse.query.AnswerFormat;
import io.sluice.sinks.clickhouse.query.ArchiveReader;
import io.sluice.sinks.clickhouse.query.NamedQuery;
import io.sluice.sinks.clickhouse.table.Table;
import io.sluice.sinks.clickhouse.table.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The demo's third part: what went through Kafka goes into a real ClickHouse, and three questions
 * are asked of it.
 */
final class ArchiveDemo implements AutoCloseable {
  private static final String DATABASE = "sluice";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_NANOS = 200_000_000L;

  private final PrintWriter out;
  private final ClickHouse clickHouse;

  private ArchiveDemo(PrintWriter out, ClickHouse clickHouse) {
    this.out = out;
    this.clickHouse = clickHouse;
  }

  /** Starts ClickHouse; without Node it says so in a line, and there is no archive. */
  static ArchiveDemo start(PrintWriter out) throws IOException, InterruptedException {
    out.println();
    try {
      ClickHouse clickHouse =
          ClickHouse.start(
              ClickHouseOptions.temporary(),
              line -> {
                out.println(line);
                out.flush();
              });
      return new ArchiveDemo(out, clickHouse);
    } catch (StackException e) {
      out.println("The archive is off: " + e.getMessage());
      out.flush();
      return new ArchiveDemo(out, null);
    }
  }

  private ClickHouseSettings settings() {
    return clickHouse.settings(DATABASE);
  }

  /**
   * Archives what a gate's topics hold, prints how much that is, and asks three questions.
   *
   * @param profile folder of the Flink profile
   * @param folder for the job's state
   * @return whether every decision and every line of the journal is there, or there is no archive
   */
  boolean show(KafkaSettings kafka, Path profile, Path folder)
      throws IOException, InterruptedException {
    if (clickHouse == null) {
      return true;
    }
    try (Migrator migrator = Migrator.open(settings())) {
      migrator.plan(migrator.newest()).forEach(migrator::take);
    }
    ArchiveSettings archive = ArchiveSettings.of(settings()).withMarket();
    Map<String, Long> rows;
    boolean isWhole;
    try (EmbeddedArchive job =
        EmbeddedArchive.start(new EmbeddedArchive.Options(archive, kafka, profile, folder, 1))) {
      isWhole = await(kafka);
      job.stop();
      rows = rows();
    } catch (SQLException e) {
      throw new ClickHouseException("the archive cannot be read", e);
    }
    print(rows, isWhole);
    ask("different-limit", Map.of("max_qty", "1"));
    ask("headroom", Map.of("account", "demo"));
    ask(
        "crash-timeline",
        Map.of(
            "instrument", "BITSTAMP:BTCUSD",
            "at", "2013-11-26T12:32:07Z",
            "before_s", "60",
            "after_s", "120",
            "every_s", "30"));
    return isWhole;
  }

  /** Waits until the topics' records are rows. */
  private boolean await(KafkaSettings kafka) throws SQLException {
    Map<Topic, Topics.Content> contents;
    try (Topics topics = Topics.open(kafka)) {
      contents = topics.contents();
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isThere(Topic.RISK_DECISIONS, "decisions", contents)
        || !isThere(Topic.RISK_JOURNAL, "journal", contents)
        || !isThere(Topic.MARKET_TRADES, "trades", contents)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  private boolean isThere(Topic topic, String table, Map<Topic, Topics.Content> contents)
      throws SQLException {
    return count(table) >= contents.get(topic).records();
  }

  private Map<String, Long> rows() throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    for (Table<?> table : Tables.all()) {
      long count = count(table.name());
      if (count > 0) {
        rows.put(table.name(), count);
      }
    }
    return rows;
  }

  private long count(String table) throws SQLException {
    try (Connection connection = settings().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count() FROM " + table + " FINAL")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void print(Map<String, Long> rows, boolean isWhole) {
    out.println(
        "The archive (a real ClickHouse, a process of its own) of those trades and decisions"
            + (isWhole ? ":" : ", which is NOT whole:"));
    rows.forEach((table, count) -> out.printf(Locale.ROOT, "  %-20s %,10d rows%n", table, count));
    out.flush();
  }

  private void ask(String name, Map<String, String> parameters)
      throws IOException, InterruptedException {
    NamedQuery query = NamedQuery.named(name);
    StringBuilder command = new StringBuilder("./sluice sql --query " + name);
    new TreeMap<>(parameters)
        .forEach((key, value) -> command.append(" --param ").append(key).append('=').append(value));
    out.printf("%n%s:  %s%n", query.title(), command);
    out.flush();
    try (ArchiveReader archive = ArchiveReader.open(settings())) {
      archive.answer(query, parameters, AnswerFormat.TABLE, out);
    }
  }

  /** How it is asked while it is up; empty where there is none. */
  String howToAsk() {
    return clickHouse == null
        ? ""
        : " ClickHouse at " + clickHouse.url() + ":  ./sluice sql --url " + clickHouse.url();
  }

  @Override
  public void close() {
    if (clickHouse != null) {
      clickHouse.close();
    }
  }
}
