package io.sluice.jobs.input;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What topics hold now, as inputs of a bounded run. */
public final class KafkaInputs {
  private KafkaInputs() {}

  /**
   * All partitions of the topics from their first record to the one that is the last now: by topic,
   * in the order of {@link Topic}, then by partition. What is written later is not part of it.
   *
   * @throws InputException where the broker does not answer or a topic does not exist
   */
  public static List<InputPartition> of(KafkaSettings kafka, Collection<Topic> topics)
      throws InputException {
    try (Consumer<byte[], byte[]> consumer = consumer(kafka)) {
      return of(consumer, kafka, topics);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new InputException(
          "the topics at %s cannot be listed: %s; check that the broker is up and may be read"
              .formatted(kafka.bootstrap(), e.getMessage()));
    }
  }

  static List<InputPartition> of(
      Consumer<byte[], byte[]> consumer, KafkaSettings kafka, Collection<Topic> topics)
      throws InputException {
    List<InputPartition> inputs = new ArrayList<>();
    for (Topic topic : new TreeSet<>(topics)) {
      List<TopicPartition> partitions = partitions(consumer, kafka, topic);
      Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        inputs.add(
            new InputPartition(
                kafka, topic, partition.partition(), starts.get(partition), ends.get(partition)));
      }
    }
    return inputs;
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, KafkaSettings kafka, Topic topic) throws InputException {
    List<PartitionInfo> partitions = consumer.partitionsFor(kafka.nameOf(topic));
    if (partitions == null || partitions.isEmpty()) {
      throw new InputException(
          "topic %s does not exist at %s; create the topics (./sluice up does) or check topic_prefix"
              .formatted(kafka.nameOf(topic), kafka.bootstrap()));
    }
    return partitions.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .sorted(Comparator.comparingInt(TopicPartition::partition))
        .toList();
  }

  /**
   * A consumer that belongs to no group, commits nothing and goes nowhere by itself. It sees no
   * record of a transaction that is open or was aborted.
   */
  static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
    Properties properties = kafka.consumer();
    properties.put("auto.offset.reset", "none");
    properties.put("allow.auto.create.topics", "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
