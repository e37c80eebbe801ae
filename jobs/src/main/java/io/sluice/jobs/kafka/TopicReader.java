package io.sluice.jobs.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic: what it holds now, up to the records that stood at its ends at the beginning, or
 * what comes from now on. Each partition is read in its order.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * How long the broker may hold a request for records back, where there are some. A consumer that
   * is closed waits for the request that it has sent ahead: with Kafka's 500 ms to read a short
   * topic would be to wait and little else.
   */
  private static final String FETCH_WAIT_MS = "20";

  private static final String ANSWER_MS = "20000";

  /** How long nothing may come of a topic that holds more. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaSettings kafka;
  private final Topic topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicReader(KafkaSettings kafka, Topic topic, boolean isToEnd) {
    Properties client = kafka.consumer();
    if (isToEnd) {
      client.put("fetch.max.wait.ms", FETCH_WAIT_MS);
    }
    client.put("allow.auto.create.topics", "false");
    client.putIfAbsent("default.api.timeout.ms", ANSWER_MS);
    this.kafka = kafka;
    this.topic = topic;
    consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try (Waiting waiting = Waiting.on(this::notRead)) {
      partitions =
          answered(kafka, () -> consumer.partitionsFor(kafka.nameOf(topic))).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    if (partitions.isEmpty()) {
      close();
      throw Topics.missing(kafka, topic);
    }
    consumer.assign(partitions);
  }

  private static <T> T answered(KafkaSettings kafka, Supplier<T> asked) {
    try {
      return asked.get();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new Answers(kafka.bootstrap()).explained(e);
    }
  }

  private String notRead() {
    return kafka.nameOf(topic) + " is not read yet: " + Topics.troubleWith(kafka, topic);
  }

  /**
   * Gives out every record from the oldest on.
   *
   * @throws TopicsException where the topic is missing, or Kafka does not answer
   */
  public static void readAll(
      KafkaSettings kafka, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    readWhile(
        kafka,
        topic,
        record -> {
          records.accept(record);
          return true;
        });
  }

  /**
   * Gives out records from the oldest on, until one is answered with false.
   *
   * @throws TopicsException where the topic is missing, or Kafka does not answer
   */
  public static void readWhile(
      KafkaSettings kafka, Topic topic, Predicate<ConsumerRecord<byte[], byte[]>> isGoingOn) {
    try (TopicReader reader = new TopicReader(kafka, topic, true)) {
      reader.consumer.seekToBeginning(reader.partitions);
      reader.readToEnd(isGoingOn);
    }
  }

  /**
   * Gives out the records that were written at a time or later.
   *
   * @param sinceMs epoch milliseconds
   * @throws TopicsException where the topic is missing, or Kafka does not answer
   */
  public static void readSince(
      KafkaSettings kafka,
      Topic topic,
      long sinceMs,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try (TopicReader reader = new TopicReader(kafka, topic, true)) {
      Map<TopicPartition, Long> times = new HashMap<>();
      reader.partitions.forEach(partition -> times.put(partition, sinceMs));
      reader.consumer.seekToEnd(reader.partitions);
      answered(kafka, () -> reader.consumer.offsetsForTimes(times))
          .forEach(
              (partition, first) -> {
                if (first != null) {
                  reader.consumer.seek(partition, first.offset());
                }
              });
      reader.readToEnd(
          record -> {
            records.accept(record);
            return true;
          });
    }
  }

  /**
   * Stands behind all that the topic holds now.
   *
   * @throws TopicsException where the topic is missing, or Kafka does not answer
   */
  public static TopicReader atEnd(KafkaSettings kafka, Topic topic) {
    TopicReader reader = new TopicReader(kafka, topic, false);
    reader.consumer.seekToEnd(reader.partitions);
    // Asked for now, because the end is looked up only when it is needed.
    for (TopicPartition partition : reader.partitions) {
      answered(kafka, () -> reader.consumer.position(partition));
    }
    return reader;
  }

  /** What has come since the last call; waits a moment where nothing has. */
  public Iterable<ConsumerRecord<byte[], byte[]>> next() {
    return consumer.poll(POLL);
  }

  private void readToEnd(Predicate<ConsumerRecord<byte[], byte[]>> isGoingOn) {
    try (Waiting waiting = Waiting.on(this::notRead)) {
      Map<TopicPartition, Long> ends = answered(kafka, () -> consumer.endOffsets(partitions));
      long read = -1;
      while (answered(kafka, () -> isBefore(ends))) {
        for (ConsumerRecord<byte[], byte[]> record : answered(kafka, () -> consumer.poll(POLL))) {
          boolean isBeyond =
              record.offset() >= ends.get(new TopicPartition(record.topic(), record.partition()));
          if (!isBeyond && !isGoingOn.test(record)) {
            return;
          }
        }
        long readNow = answered(kafka, this::positions);
        if (readNow > read) {
          waiting.progressed();
          read = readNow;
        } else if (waiting.sofar().compareTo(PATIENCE) > 0) {
          throw new TopicsException(
              "nothing more came of "
                  + kafka.nameOf(topic)
                  + " for "
                  + PATIENCE.toSeconds()
                  + " s, although it holds more: "
                  + Topics.troubleWith(kafka, topic)
                  + "; then start again",
              true);
        }
      }
    }
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private long positions() {
    return partitions.stream().mapToLong(consumer::position).sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
