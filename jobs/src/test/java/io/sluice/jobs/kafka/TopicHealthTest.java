package io.sluice.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class TopicHealthTest {
  private static final Node ONE = new Node(1, "one", 9092);
  private static final Node TWO = new Node(2, "two", 9092);
  private static final Node THREE = new Node(3, "three", 9092);

  private static String trouble(int leastInSync, TopicPartitionInfo... partitions) {
    return TopicHealth.trouble(
        new TopicDescription("risk.inputs", false, List.of(partitions)), leastInSync);
  }

  private static TopicPartitionInfo partition(int number, Node leader, Node... inSync) {
    return new TopicPartitionInfo(number, leader, List.of(ONE, TWO, THREE), List.of(inSync));
  }

  @Test
  void asManyInSyncAsAreAskedForAreEnough() {
    assertThat(trouble(2, partition(0, ONE, ONE, TWO), partition(1, TWO, ONE, TWO, THREE)))
        .isNull();
  }

  @Test
  void tooFewInSyncAreCounted() {
    assertThat(trouble(2, partition(0, ONE, ONE, TWO), partition(1, ONE, ONE)))
        .startsWith(
            "partition 1 of risk.inputs has 1 of 3 replicas in sync, min.insync.replicas is 2")
        .contains("start the brokers that are away");
  }

  @Test
  void aPartitionNobodyLeadsIsNamed() {
    assertThat(trouble(1, partition(0, ONE, ONE), partition(1, null)))
        .startsWith("partition 1 of risk.inputs has no leader");
    assertThat(trouble(1, partition(0, Node.noNode()))).contains("has no leader");
  }

  /** As the broker has it: of one replica no two can be asked for. */
  @Test
  void noMoreAreNeededThanThereAre() {
    assertThat(trouble(2, new TopicPartitionInfo(0, ONE, List.of(ONE), List.of(ONE)))).isNull();
  }
}
