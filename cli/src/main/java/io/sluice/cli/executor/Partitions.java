package io.sluice.cli.executor;

import io.sluice.domain.config.ConfigurationException;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The partitions of a topic. */
final class Partitions {
  private Partitions() {}

  /**
   * @throws ConfigurationException where the topic is not there, or no broker answers
   */
  static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
    List<PartitionInfo> found = ask(consumer, topic);
    if (found == null || found.isEmpty()) {
      throw new ConfigurationException(
          "the topic "
              + topic
              + " is not there: start the gate first, it makes the topics, or correct"
              + " kafka.topic_prefix");
    }
    return found.stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static List<PartitionInfo> ask(Consumer<?, ?> consumer, String topic) {
    try {
      return consumer.partitionsFor(topic);
    } catch (TimeoutException e) {
      throw new ConfigurationException(
          "no broker at kafka.bootstrap answers what partitions "
              + topic
              + " has: start it, or correct kafka.bootstrap");
    }
  }
}
