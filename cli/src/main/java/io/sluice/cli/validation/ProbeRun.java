package io.sluice.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.TopicsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends probes to a gate, one after the other, and reads its answers. */
final class ProbeRun implements AutoCloseable {
  private static final long WRITE_S = 30;

  private final KafkaSettings kafka;
  private final Duration patience;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicReader decisions;
  private final String run = "probe-" + UUID.randomUUID();
  private final Map<String, Integer> answered = new HashMap<>();
  private int sent;

  /**
   * @param patience how long an answer is waited for
   */
  ProbeRun(KafkaSettings kafka, Duration patience) {
    this.kafka = kafka;
    this.patience = patience;
    this.decisions = TopicReader.atEnd(kafka, Topic.RISK_DECISIONS);
    this.producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * An answer.
   *
   * @param tookNanos from before it was written until it was read
   */
  record Answer(String intentId, JsonNode decision, long tookNanos) {}

  /**
   * Writes the quote that makes the probe instrument's price.
   *
   * @param ageUs how old its stamp is, microseconds
   */
  void quote(ProbePlan plan, long ageUs) throws InterruptedException {
    write(Topic.MARKET_QUOTES, plan.instrument().id(), plan.quote(nowUs() - ageUs));
  }

  /** The answer to a probe; empty where none comes in time. */
  Optional<Answer> ask(Probe probe) throws InterruptedException {
    String id = run + "-" + ++sent;
    long from = System.nanoTime();
    write(Topic.STRATEGY_INTENTS, probe.instrument(), probe.line(id, nowUs()));
    long end = from + patience.toNanos();
    while (end - System.nanoTime() > 0) {
      for (var record : decisions.next()) {
        Optional<JsonNode> decision = own(record.value());
        if (decision.isPresent() && decision.get().path("intent_id").asText().equals(id)) {
          return Optional.of(new Answer(id, decision.get(), System.nanoTime() - from));
        }
      }
    }
    return Optional.empty();
  }

  /** How many decisions came for an intent of this run so far. */
  int decisionsOf(String intentId) {
    return answered.getOrDefault(intentId, 0);
  }

  private Optional<JsonNode> own(byte[] decision) {
    if (!new String(decision, StandardCharsets.UTF_8).contains(run)) {
      return Optional.empty();
    }
    try {
      JsonNode json = StrictJson.trusted(decision);
      answered.merge(json.path("intent_id").asText(), 1, Integer::sum);
      return Optional.of(json);
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  private static long nowUs() {
    return System.currentTimeMillis() * 1_000;
  }

  private void write(Topic topic, String key, byte[] line) throws InterruptedException {
    try {
      producer
          .send(
              new ProducerRecord<>(kafka.nameOf(topic), key.getBytes(StandardCharsets.UTF_8), line))
          .get(WRITE_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new TopicsException(
          kafka.nameOf(topic) + " takes no record (" + e.getMessage() + "): is Kafka well?");
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    decisions.close();
  }
}
