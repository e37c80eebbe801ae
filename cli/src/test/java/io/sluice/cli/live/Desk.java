package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.stack.FreePort;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A trading desk around a live gate: it writes what comes in and reads what comes out. */
final class Desk implements AutoCloseable {
  static final String INSTRUMENT = "TEST:BTCUSD";

  /** The configuration of its gate, without Kafka. */
  static final String RISK =
      """
      instruments: [{id: "TEST:BTCUSD", base: BTC, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}]
      accounts:
        - {id: one, group: firm, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: two, group: other, profile: p, currency: USD, kind: cash, cash: "1000000"}
      profiles: {p: {max_consecutive_losses: 1000}}
      limits:
        - {scope: firm, max_qty: "5", max_notional: "20000", collar: "0.05", max_position_notional: "300000", max_gross: "800000", max_daily_loss: "500000", max_drawdown: "0.9", max_data_age_ms: 60000}
      clock: wall
      control: {authority: tighten}
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 20_000_000L;

  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  private Desk(KafkaSettings kafka) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** With its topics made. */
  static Desk open(KafkaSettings kafka) {
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    return new Desk(kafka);
  }

  JobConfiguration configuration() {
    return new JobConfiguration(risk(), kafka);
  }

  static Configuration risk() {
    try {
      Path file = Files.createTempFile("live", ".yaml");
      Files.writeString(file, RISK);
      Configuration risk = ConfigurationFile.read(file);
      Files.delete(file);
      return risk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EmbeddedGate.Options options(Path folder, int parallelism) {
    return new EmbeddedGate.Options(
        configuration(), Path.of("../flink-conf/local"), folder, parallelism, FreePort.orAny(0, 0));
  }

  static long nowUs() {
    return System.currentTimeMillis() * 1_000;
  }

  void trade(String price) {
    send(
        Topic.MARKET_TRADES,
        INSTRUMENT,
        "{\"type\":\"trade\",\"instrument\":\"%s\",\"price\":\"%s\",\"qty\":\"1\",\"event_time_us\":%d}"
            .formatted(INSTRUMENT, price, nowUs()));
  }

  void intent(String id, String qty) {
    send(
        Topic.STRATEGY_INTENTS,
        INSTRUMENT,
        ("{\"type\":\"intent\",\"intent_id\":\"%s\",\"action\":\"NEW\",\"account\":\"one\",\"strategy\":\"s\","
                + "\"instrument\":\"%s\",\"side\":\"BUY\",\"order_type\":\"MARKET\",\"qty\":\"%s\","
                + "\"time_in_force\":\"IOC\",\"event_time_us\":%d}")
            .formatted(id, INSTRUMENT, qty, nowUs()));
  }

  /**
   * The market and the intents come by different topics, so that an intent may overtake a trade:
   * sends intents, each when the one before is answered, until one is allowed.
   *
   * @return how many it took
   */
  int intentsUntilOneIsAllowed() {
    for (int sent = 1; sent <= 100; sent++) {
      String id = "i-" + sent;
      intent(id, "1");
      boolean isAllowed =
          await(Topic.RISK_DECISIONS, sent).stream()
              .filter(decision -> id.equals(decision.path("intent_id").textValue()))
              .anyMatch(decision -> "ALLOW".equals(decision.path("verdict").textValue()));
      if (isAllowed) {
        return sent;
      }
    }
    throw new AssertionError("a hundred intents, and none was allowed");
  }

  void send(Topic topic, String key, String line) {
    send(topic, key, line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a record and waits until the broker has it.
   *
   * @return where it is: {@code topic/partition/offset}
   */
  String send(Topic topic, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    try {
      RecordMetadata written =
          producer.send(new ProducerRecord<>(kafka.nameOf(topic), keyBytes, value)).get();
      return written.topic() + "/" + written.partition() + "/" + written.offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the topic has so many records, and gives them out. */
  List<JsonNode> await(Topic topic, int count) {
    awaitThat(() -> all(topic).size() >= count, count + " records in " + topic);
    return all(topic).stream().map(Desk::json).toList();
  }

  static void awaitThat(BooleanSupplier condition, String what) {
    awaitThat(condition, what, PATIENCE);
  }

  static void awaitThat(BooleanSupplier condition, String what, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long asked = System.nanoTime(); !condition.getAsBoolean(); asked = System.nanoTime()) {
      if (asked > deadline) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      // To ask takes as much away from what is waited for as it takes time.
      LockSupport.parkNanos(Math.max(POLL_NANOS, 2 * (System.nanoTime() - asked)));
    }
  }

  List<byte[]> all(Topic topic) {
    List<byte[]> values = new ArrayList<>();
    TopicReader.readAll(kafka, topic, record -> values.add(record.value()));
    return values;
  }

  static JsonNode json(byte[] line) {
    try {
      return StrictJson.trusted(line);
    } catch (UnreadableException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
