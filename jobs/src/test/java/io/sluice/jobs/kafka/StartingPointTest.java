package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartingPointTest {
  private static final TopicPartition WHOLE = new TopicPartition("risk.inputs", 0);
  private static final TopicPartition CUT = new TopicPartition("risk.inputs", 1);

  /** Two partitions of ten records each, of which the first seven of the second are deleted. */
  private static final class Retained implements PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      return Map.of();
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return partitions.stream().collect(Collectors.toMap(one -> one, one -> 10L));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> first = new HashMap<>(Map.of(WHOLE, 0L, CUT, 7L));
      first.keySet().retainAll(partitions);
      return first;
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> timestamps) {
      return Map.of();
    }
  }

  @Test
  void aGateWithoutStateFoldsTheWholeTopicOrEnds() {
    StartingPoint whole = StartingPoint.wholeTopic();
    assertThat(whole.getPartitionOffsets(List.of(WHOLE), new Retained()))
        .isEqualTo(Map.of(WHOLE, 0L));
    assertThatThrownBy(() -> whole.getPartitionOffsets(List.of(WHOLE, CUT), new Retained()))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .hasMessageContaining("risk.inputs-1 begins at offset 7")
        .hasMessageContaining("go on from the newest checkpoint or savepoint");
  }

  @Test
  void anArchiveWithoutStateWritesWhatIsLeft() {
    assertThat(StartingPoint.firstRecord().getPartitionOffsets(List.of(WHOLE, CUT), new Retained()))
        .isEqualTo(Map.of(WHOLE, 0L, CUT, 7L));
  }
}
