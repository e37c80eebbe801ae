package io.sluice.cli.live;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Trades and order intents at a steady pace through a live gate, with the time each intent's
 * decision takes; and, under the same load, the time a record of the same size takes through the
 * broker alone.
 */
public final class PacedLoad {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final String PROBE = "latency.probe";
  private static final String DECISION_ID_KEY = "\"intent_id\":\"" + PacedLines.ID_PREFIX;

  private final KafkaSettings kafka;
  private final PacedLines load;

  public PacedLoad(KafkaSettings kafka, PacedLines load) {
    this.kafka = kafka;
    this.load = load;
  }

  /**
   * What was measured.
   *
   * @param decisions from an intent that is due to its decision at a consumer
   * @param broker from a record that is due to the same record at a consumer
   * @param unanswered intents without a decision when patience ended
   */
  public record Result(Latencies decisions, Latencies broker, int unanswered) {}

  /**
   * Runs the load.
   *
   * @param seen is given every decision
   */
  public Result run(Consumer<byte[]> seen) throws InterruptedException, ExecutionException {
    makeProbe();
    int warmUp = load.intentsPerSecond() * load.warmUpSeconds();
    int intents = load.intentsPerSecond() * load.seconds();
    long everyNanos = TimeUnit.SECONDS.toNanos(1) / load.intentsPerSecond();
    AtomicBoolean isOver = new AtomicBoolean();
    try (KafkaConsumer<byte[], byte[]> decisionsIn = consumer(kafka.nameOf(Topic.RISK_DECISIONS));
        KafkaConsumer<byte[], byte[]> probesIn = consumer(kafka.topicPrefix() + PROBE);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      long firstDue = System.nanoTime() + LEAD_NANOS;
      PacedArrivals decisions = new PacedArrivals(intents, firstDue, everyNanos, warmUp);
      PacedArrivals broker = new PacedArrivals(intents, firstDue, everyNanos, warmUp);
      Thread decisionsThread =
          reader(
              "decisions",
              decisionsIn,
              isOver,
              (record, now) -> {
                decisions.arrived(numberOf(record.value()), now);
                seen.accept(record.value());
              });
      Thread probesThread =
          reader(
              "probes",
              probesIn,
              isOver,
              (record, now) -> broker.arrived(load.numberOfProbe(record.value()), now));
      send(producer, decisions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (decisions.missing() + broker.missing() > 0 && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      isOver.set(true);
      decisionsThread.join();
      probesThread.join();
      return new Result(decisions.latencies(warmUp), broker.latencies(warmUp), decisions.missing());
    }
  }

  /** Sends each thing when it is due, however late the one before was. */
  private void send(KafkaProducer<byte[], byte[]> producer, PacedArrivals schedule) {
    int tradesPerIntent = Math.max(1, load.tradesPerSecond() / load.intentsPerSecond());
    for (int i = 0; i < schedule.count(); i++) {
      while (System.nanoTime() < schedule.dueNanos(i)) {
        LockSupport.parkNanos(Math.min(100_000, schedule.dueNanos(i) - System.nanoTime()));
      }
      long nowUs = System.currentTimeMillis() * 1_000;
      for (int trade = 0; trade < tradesPerIntent; trade++) {
        producer.send(
            record(
                kafka.nameOf(Topic.MARKET_TRADES),
                load.trade((long) i * tradesPerIntent + trade, nowUs)));
      }
      producer.send(record(kafka.nameOf(Topic.STRATEGY_INTENTS), load.intent(i, nowUs)));
      producer.send(record(kafka.topicPrefix() + PROBE, load.probe(i)));
    }
    producer.flush();
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, PacedLines.Line line) {
    return new ProducerRecord<>(
        topic,
        line.key().getBytes(StandardCharsets.UTF_8),
        line.json().getBytes(StandardCharsets.UTF_8));
  }

  private static int numberOf(byte[] decision) {
    String json = new String(decision, 0, Math.min(decision.length, 256), StandardCharsets.UTF_8);
    int at = json.indexOf(DECISION_ID_KEY);
    if (at < 0) {
      return -1;
    }
    int from = at + DECISION_ID_KEY.length();
    return Integer.parseInt(json.substring(from, json.indexOf('"', from)));
  }

  private static Thread reader(
      String name,
      KafkaConsumer<byte[], byte[]> consumer,
      AtomicBoolean isOver,
      BiConsumer<ConsumerRecord<byte[], byte[]>, Long> take) {
    Thread thread =
        new Thread(
            () -> {
              while (!isOver.get()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                  take.accept(record, System.nanoTime());
                }
              }
            },
            "latency-" + name);
    thread.start();
    return thread;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Reads all partitions from where they end now. */
  private KafkaConsumer<byte[], byte[]> consumer(String topic) {
    Properties properties = kafka.consumer();
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private void makeProbe() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(kafka.client())) {
      String name = kafka.topicPrefix() + PROBE;
      if (!admin.listTopics().names().get().contains(name)) {
        admin.createTopics(List.of(new NewTopic(name, 4, (short) 1))).all().get();
      }
    }
  }
}
