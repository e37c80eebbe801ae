package io.sluice.cli.archive;

import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a broker and a database of a ClickHouse, with what a test wants of both. */
public final class Archive implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_NANOS = 50_000_000L;

  private final KafkaSettings kafka;
  private final ClickHouseSettings clickHouse;
  private final KafkaProducer<byte[], byte[]> producer;
  private ArchiveSettings settings;

  private Archive(KafkaSettings kafka, ClickHouseSettings clickHouse) {
    this.kafka = kafka;
    this.clickHouse = clickHouse;
    this.settings = ArchiveSettings.of(clickHouse).inBatchesOf(500, 100);
    this.producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Makes the topics and the tables. */
  public static Archive open(KafkaBroker broker, ClickHouse clickHouse, String name) {
    KafkaSettings kafka = broker.settings().withPrefix(name + ".");
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    try (Migrator migrator = Migrator.open(clickHouse.settings(name))) {
      migrator.plan(migrator.newest()).forEach(migrator::take);
    }
    return new Archive(kafka, clickHouse.settings(name));
  }

  public KafkaSettings kafka() {
    return kafka;
  }

  public ArchiveSettings settings() {
    return settings;
  }

  Archive withMarket() {
    settings = settings.withMarket();
    return this;
  }

  /** The job reaches ClickHouse another way than the test does. */
  Archive through(ClickHouseSettings other) {
    settings = ArchiveSettings.of(other).inBatchesOf(500, 100);
    return this;
  }

  /** Starts a job, or one that goes on from the newest checkpoint in the folder. */
  public EmbeddedArchive start(Path folder) throws Exception {
    return EmbeddedArchive.start(
        new EmbeddedArchive.Options(settings, kafka, Path.of("../flink-conf/local"), folder, 2));
  }

  /** Writes a record without waiting for the broker. */
  public Future<RecordMetadata> send(Topic topic, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(kafka.nameOf(topic), keyBytes, value));
  }

  /** Writes a record; answers where it is: {@code partition/offset}. */
  String put(Topic topic, byte[] value) {
    try {
      RecordMetadata written = send(topic, "key", value).get();
      return written.partition() + "/" + written.offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  String put(Topic topic, String line) {
    return put(topic, line.getBytes(StandardCharsets.UTF_8));
  }

  /** The first column of a query's rows, as text. */
  public List<String> strings(String query) {
    try (Connection connection = clickHouse.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> strings = new ArrayList<>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** How many rows a table has, each once. */
  public long rows(String table) {
    return Long.parseLong(strings("SELECT toString(count()) FROM " + table + " FINAL").get(0));
  }

  /** Waits until a table has so many rows, each once. */
  public void awaitRows(String table, long count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long asked = System.nanoTime();
    for (long rows = rows(table); rows < count; rows = rows(table)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(table + " has " + rows + " rows, expected " + count);
      }
      rest(asked);
      asked = System.nanoTime();
    }
  }

  /**
   * Lets a moment pass before something is asked again: to ask takes as much away from what is
   * waited for as it takes time.
   *
   * @param askedNanos when it was asked, by {@link System#nanoTime}
   */
  static void rest(long askedNanos) {
    LockSupport.parkNanos(Math.max(POLL_NANOS, 3 * (System.nanoTime() - askedNanos)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
