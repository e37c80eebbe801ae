package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.wire.Intent;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads decisions and answers what was approved: with a fill, with several, with a report that
 * comes twice, with a rejection, with a rest that is cancelled, or not at all; of those it cancels
 * the oldest when they are more than a few, or nothing could be traded against them.
 */
final class Venue implements AutoCloseable {
  private static final int MOST_UNANSWERED = 3;

  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread = new Thread(this::run, "venue");
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Set<String> answered = new HashSet<>();
  private final Deque<JsonNode> unanswered = new ArrayDeque<>();
  private volatile int onIntentsFromOutside;
  private volatile boolean isStopped;

  private Venue(KafkaSettings kafka) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Venue open(KafkaSettings kafka) {
    Venue venue = new Venue(kafka);
    venue.thread.start();
    return venue;
  }

  /** How many distinct decisions on intents from outside it has seen. */
  int decisions() {
    return onIntentsFromOutside;
  }

  /** Ends it; everything it answered is in Kafka then. */
  void stop() throws InterruptedException {
    isStopped = true;
    thread.join();
    producer.flush();
    if (failure.get() != null) {
      throw new AssertionError("the venue failed", failure.get());
    }
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(kafka.nameOf(Topic.RISK_DECISIONS)).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!isStopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          take(Desk.json(record.value()));
        }
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void take(JsonNode decision) {
    String id = decision.path("decision_id").textValue();
    boolean isNew = answered.add(id);
    if (isNew && !text(decision, "intent_id").startsWith(Intent.INTERNAL_PREFIX)) {
      onIntentsFromOutside = onIntentsFromOutside + 1;
    }
    BigDecimal approved = new BigDecimal(decision.path("approved_qty").asText("0"));
    if (isNew && approved.signum() > 0) {
      answer(decision, approved, new Random(id.hashCode()));
    }
  }

  private void answer(JsonNode decision, BigDecimal approved, Random random) {
    if (!decision.path("action").asText().equals("NEW")) {
      order(decision, random.nextBoolean() ? "ACKED" : "REJECTED", BigDecimal.ZERO, approved);
      return;
    }
    int dice = random.nextInt(10);
    if (dice == 0) {
      order(decision, "REJECTED", BigDecimal.ZERO, BigDecimal.ZERO);
      return;
    }
    order(decision, "ACKED", BigDecimal.ZERO, approved);
    BigDecimal half = approved.divide(BigDecimal.valueOf(2), 3, RoundingMode.DOWN);
    if (dice < 6) {
      fill(decision, "1", approved);
      order(decision, "DONE", approved, BigDecimal.ZERO);
    } else if (dice < 8 && half.signum() > 0) {
      fill(decision, "1", half);
      fill(decision, "1", half);
      order(decision, "CANCELLED", half, BigDecimal.ZERO);
    } else if (dice == 8 && half.signum() > 0) {
      fill(decision, "1", half);
      fill(decision, "2", half);
    } else {
      unanswered.add(decision);
      if (unanswered.size() > MOST_UNANSWERED) {
        order(unanswered.remove(), "CANCELLED", BigDecimal.ZERO, BigDecimal.ZERO);
      }
    }
  }

  private void order(JsonNode decision, String status, BigDecimal cum, BigDecimal leaves) {
    send(
        Topic.EXECUTION_ORDERS,
        decision,
        "{\"type\":\"order\",\"intent_id\":\"%s\",\"account\":\"%s\",\"instrument\":\"%s\",\"status\":\"%s\",\"cum_qty\":\"%s\",\"leaves_qty\":\"%s\""
            .formatted(
                text(decision, "intent_id"),
                text(decision, "account"),
                text(decision, "instrument"),
                status,
                cum.toPlainString(),
                leaves.toPlainString()));
  }

  private void fill(JsonNode decision, String number, BigDecimal qty) {
    send(
        Topic.EXECUTION_FILLS,
        decision,
        "{\"type\":\"fill\",\"fill_id\":\"%s-%s\",\"intent_id\":\"%s\",\"account\":\"%s\",\"strategy\":\"s\",\"instrument\":\"%s\",\"side\":\"%s\",\"qty\":\"%s\",\"price\":\"%s\",\"fee\":\"0.01\",\"fee_currency\":\"USD\""
            .formatted(
                text(decision, "intent_id"),
                number,
                text(decision, "intent_id"),
                text(decision, "account"),
                text(decision, "instrument"),
                text(decision, "side"),
                qty.toPlainString(),
                text(decision, "reference_price")));
  }

  private static String text(JsonNode decision, String field) {
    return decision.path(field).asText();
  }

  private void send(Topic topic, JsonNode decision, String line) {
    String stamped = line + ",\"event_time_us\":" + System.currentTimeMillis() * 1_000 + "}";
    producer.send(
        new ProducerRecord<>(
            kafka.nameOf(topic),
            text(decision, "account").getBytes(StandardCharsets.UTF_8),
            stamped.getBytes(StandardCharsets.UTF_8)),
        (sent, thrown) -> {
          if (thrown != null) {
            failure.compareAndSet(null, thrown);
          }
        });
  }

  @Override
  public void close() {
    isStopped = true;
    producer.close(Duration.ZERO);
  }
}
