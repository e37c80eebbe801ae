package io.sluice.jobs.input;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** Partitions in memory, read by Kafka's own stand-in for a consumer. */
final class Partitions {
  static final KafkaSettings KAFKA = KafkaSettings.local("localhost:9092");

  private final Map<TopicPartition, TreeMap<Long, byte[]>> records = new HashMap<>();
  final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
  int recordsAPoll = 500;

  /** Adds a record, null for one without a value. */
  void add(Topic topic, int partition, long offset, String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    of(new TopicPartition(topic.wireName(), partition)).put(offset, bytes);
  }

  private TreeMap<Long, byte[]> of(TopicPartition partition) {
    return records.computeIfAbsent(partition, key -> new TreeMap<>());
  }

  /** A consumer that has the partition's records; offsets behind the last one are without. */
  Consumer<byte[], byte[]> connect(InputPartition input) {
    TopicPartition partition = new TopicPartition(input.source(), input.partition());
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.setMaxPollRecords(recordsAPoll);
    consumer.assign(List.of(partition));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    of(partition)
        .forEach(
            (offset, value) ->
                consumer.addRecord(
                    new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset, null, value)));
    consumers.add(consumer);
    return consumer;
  }
}
