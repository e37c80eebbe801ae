package io.sluice.jobs.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a source starts that has no checkpoint to go on from. An offset that is gone later is an
 * error everywhere: records nobody read must not be skipped without a word.
 */
abstract class StartingPoint implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  /** The market that came in since then, on the broker's clock or its producer's. */
  static StartingPoint marketOf(Duration history) {
    return new StartingPoint() {
      private static final long serialVersionUID = 1L;

      @Override
      public Map<TopicPartition, Long> getPartitionOffsets(
          Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        return since(history, partitions, offsets);
      }
    };
  }

  /**
   * Everything that was not read before, and before that the last 70 minutes again: orders on paper
   * rest for an hour. What the gate has answered it does not answer again.
   */
  static StartingPoint unreadOrders() {
    return new StartingPoint() {
      private static final long serialVersionUID = 1L;

      @Override
      public Map<TopicPartition, Long> getPartitionOffsets(
          Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        Map<TopicPartition, Long> start = new HashMap<>(offsets.beginningOffsets(partitions));
        Map<TopicPartition, Long> read = offsets.committedOffsets(partitions);
        Map<TopicPartition, Long> recent = since(Duration.ofMinutes(70), partitions, offsets);
        start.replaceAll(
            (partition, first) -> {
              Long next = read.get(partition);
              return next == null ? first : Math.max(first, Math.min(next, recent.get(partition)));
            });
        return start;
      }
    };
  }

  /** What is left from the first record on: an archive without state writes it all once more. */
  static StartingPoint firstRecord() {
    return new StartingPoint() {
      private static final long serialVersionUID = 1L;

      @Override
      public Map<TopicPartition, Long> getPartitionOffsets(
          Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        return offsets.beginningOffsets(partitions);
      }
    };
  }

  /**
   * Everything there ever was: a gate without state folds it all. Where some of it has been deleted
   * the job ends, because its books would be wrong.
   */
  static StartingPoint wholeTopic() {
    return new StartingPoint() {
      private static final long serialVersionUID = 1L;

      @Override
      public Map<TopicPartition, Long> getPartitionOffsets(
          Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        Map<TopicPartition, Long> first = offsets.beginningOffsets(partitions);
        try {
          first.forEach(Topics::requireFirst);
        } catch (TopicsException deleted) {
          throw new SuppressRestartsException(deleted);
        }
        return first;
      }
    };
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }

  private static Map<TopicPartition, Long> since(
      Duration back,
      Collection<TopicPartition> partitions,
      OffsetsInitializer.PartitionOffsetsRetriever offsets) {
    long fromMs = System.currentTimeMillis() - back.toMillis();
    Map<TopicPartition, Long> start = new HashMap<>(offsets.endOffsets(partitions));
    Map<TopicPartition, OffsetAndTimestamp> first =
        offsets.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(partition -> partition, p -> fromMs)));
    first.forEach(
        (partition, found) -> {
          if (found != null) {
            start.put(partition, found.offset());
          }
        });
    return start;
  }
}
