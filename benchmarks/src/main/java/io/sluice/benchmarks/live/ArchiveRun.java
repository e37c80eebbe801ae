package io.sluice.benchmarks.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.DecisionTape;
import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.sinks.clickhouse.ClickHouseSettings;
import io.sluice.sinks.clickhouse.Migrator;
import io.sluice.sinks.clickhouse.table.Decisions;
import io.sluice.sinks.clickhouse.table.Recorded;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A backlog of decisions: how fast the archive's job writes it, beside a loop of one thread that
 * reads the same topic, makes the same rows and inserts them in batches of the same size into the
 * same table of another database. Broker and ClickHouse are processes of their own. The job runs as
 * wide as the cores of the machine that the figures are of.
 */
record ArchiveRun(int decisions) {
  private static final int BATCH_ROWS = 2_000;
  private static final int PARALLELISM = 2;
  private static final long PATIENCE_NANOS = 900_000_000_000L;

  ObjectNode run(List<String> gateOptions) throws Exception {
    Path folder = Files.createTempDirectory("sluice-archive-");
    try (KafkaBroker broker = KafkaBroker.start();
        ClickHouse clickHouse = ClickHouse.start()) {
      KafkaSettings kafka = broker.settings();
      long bytes = write(kafka);
      // What is compiled for the one is compiled for the other: both once before they are timed.
      loop(kafka, migrated(clickHouse, "warm_loop"));
      drop(clickHouse, "warm_loop");
      job(kafka, migrated(clickHouse, "warm_job"), folder.resolve("warm"));
      drop(clickHouse, "warm_job");
      Loop loop = loop(kafka, migrated(clickHouse, "loop"));
      drop(clickHouse, "loop");
      System.gc();
      double job = job(kafka, migrated(clickHouse, "job"), folder.resolve("job"));
      return JsonNodeFactory.instance
          .objectNode()
          .put("decisions", decisions)
          .put("bytes_a_decision", (double) bytes / decisions)
          .put("clickhouse_rows_per_s", loop.clickHouseRowsPerS)
          .put("loop_rows_per_s", loop.rowsPerS)
          .put("job_rows_per_s", job)
          .put("job_to_loop", job / loop.rowsPerS)
          .put("heap_mb", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
    }
  }

  private static ClickHouseSettings migrated(ClickHouse clickHouse, String database) {
    ClickHouseSettings settings = clickHouse.settings(database);
    try (Migrator migrator = Migrator.open(settings)) {
      migrator.plan(migrator.newest()).forEach(migrator::take);
    }
    return settings;
  }

  /** So that its parts are not merged while the next is timed. */
  private static void drop(ClickHouse clickHouse, String database) throws SQLException {
    try (Connection connection = clickHouse.settings("system").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE " + database + " SYNC");
    }
  }

  /** To all partitions alike. */
  private long write(KafkaSettings kafka) throws Exception {
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    DecisionTape tape = new DecisionTape();
    long bytes = 0;
    int partitions = Topic.RISK_DECISIONS.partitions();
    var producer = kafka.producer();
    producer.put("linger.ms", "5");
    try (KafkaProducer<byte[], byte[]> sender =
        new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < decisions; i++) {
        byte[] decision = tape.next();
        bytes += decision.length;
        sender.send(
            new ProducerRecord<>(
                kafka.nameOf(Topic.RISK_DECISIONS), i % partitions, null, decision));
      }
      sender.flush();
    }
    return bytes;
  }

  /**
   * @param clickHouseRowsPerS while ClickHouse was waited for, with rows made beforehand: the most
   *     that one connection takes
   */
  private record Loop(double rowsPerS, double clickHouseRowsPerS) {}

  private Loop loop(KafkaSettings kafka, ClickHouseSettings clickHouse) throws Exception {
    List<TopicPartition> partitions =
        IntStream.range(0, Topic.RISK_DECISIONS.partitions())
            .mapToObj(n -> new TopicPartition(kafka.nameOf(Topic.RISK_DECISIONS), n))
            .toList();
    List<Row> batch = new ArrayList<>(BATCH_ROWS);
    int rows = 0;
    long waitedNanos = 0;
    long start = System.nanoTime();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Connection connection = clickHouse.connectToInsert(Decisions.TABLE);
        PreparedStatement insert = connection.prepareStatement(Decisions.TABLE.insert())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (rows < decisions) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          batch.add(row(record));
          rows++;
          if (batch.size() == BATCH_ROWS || rows == decisions) {
            waitedNanos += insert(insert, batch);
          }
        }
      }
    }
    return new Loop(rows / ((System.nanoTime() - start) / 1e9), rows / (waitedNanos / 1e9));
  }

  private static Row row(ConsumerRecord<byte[], byte[]> record) throws UnreadableException {
    return Decisions.TABLE.row(Recorded.decision(record.value(), record.timestamp() * 1_000));
  }

  /** Answers how long ClickHouse took, nanoseconds. */
  private static long insert(PreparedStatement insert, List<Row> batch) throws SQLException {
    for (Row row : batch) {
      for (int i = 0; i < row.getArity(); i++) {
        insert.setObject(i + 1, row.getField(i));
      }
      insert.addBatch();
    }
    long sent = System.nanoTime();
    insert.executeBatch();
    batch.clear();
    return System.nanoTime() - sent;
  }

  /** Timed from the first rows to the last: the job's start is not in it. */
  private double job(KafkaSettings kafka, ClickHouseSettings clickHouse, Path folder)
      throws Exception {
    ArchiveSettings settings = ArchiveSettings.of(clickHouse).inBatchesOf(BATCH_ROWS, 1_000);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (EmbeddedArchive job =
            EmbeddedArchive.start(
                new EmbeddedArchive.Options(
                    settings, kafka, FlinkProfile.folder("low-latency"), folder, PARALLELISM));
        Connection connection = clickHouse.connect()) {
      long first = rows(connection);
      long firstAt = System.nanoTime();
      while (first == 0) {
        Thread.sleep(20);
        firstAt = System.nanoTime();
        first = rows(connection);
      }
      long rows = first;
      while (rows < decisions) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(rows + " rows and no more");
        }
        Thread.sleep(100);
        rows = rows(connection);
      }
      return (rows - first) / ((System.nanoTime() - firstAt) / 1e9);
    }
  }

  private static long rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count() FROM decisions")) {
      row.next();
      return row.getLong(1);
    }
  }
}
