package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaInputsTest {
  private static final KafkaSettings KAFKA = Partitions.KAFKA.withPrefix("desk.");
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

  @Test
  void partitionsAreListedByTopicThenNumberWithWhatTheyHoldNow() throws InputException {
    topic("desk.strategy.intents", 1, 0, 5);
    topic("desk.market.trades", 2, 3, 9);

    assertThat(
            KafkaInputs.of(consumer, KAFKA, List.of(Topic.STRATEGY_INTENTS, Topic.MARKET_TRADES)))
        .containsExactly(
            new InputPartition(KAFKA, Topic.MARKET_TRADES, 0, 3, 9),
            new InputPartition(KAFKA, Topic.MARKET_TRADES, 1, 3, 9),
            new InputPartition(KAFKA, Topic.STRATEGY_INTENTS, 0, 0, 5))
        .extracting(InputPartition::source)
        .startsWith("desk.market.trades");
  }

  @Test
  void aTopicThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> KafkaInputs.of(consumer, KAFKA, Topic.MARKET))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "topic desk.market.trades does not exist at localhost:9092; create the topics"
                + " (./sluice up does) or check topic_prefix");
  }

  @Test
  void aTopicOfTheGatesOwnIsNoInput() {
    assertThatThrownBy(() -> new InputPartition(KAFKA, Topic.RISK_INPUTS, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("risk.inputs");
    assertThatThrownBy(() -> new InputPartition(KAFKA, Topic.MARKET_TRADES, 0, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("offsets are 2 to 1, expected 0 <= start <= end");
  }

  private void topic(String name, int partitions, long start, long end) {
    List<Integer> numbers =
        IntStream.range(0, partitions).map(i -> partitions - 1 - i).boxed().toList();
    consumer.updatePartitions(
        name, numbers.stream().map(i -> new PartitionInfo(name, i, null, null, null)).toList());
    for (int i : numbers) {
      TopicPartition partition = new TopicPartition(name, i);
      consumer.updateBeginningOffsets(Map.of(partition, start));
      consumer.updateEndOffsets(Map.of(partition, end));
    }
  }
}
