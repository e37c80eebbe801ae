package io.sluice.jobs.kafka;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/** What keeps a topic that is there from being read, or from being written with all replicas. */
final class TopicHealth {
  private TopicHealth() {}

  /**
   * In words, with what to do; null where nothing is to be seen.
   *
   * @param leastInSync {@code min.insync.replicas}, which counts no further than there are replicas
   */
  static String trouble(TopicDescription topic, int leastInSync) {
    for (TopicPartitionInfo partition : topic.partitions()) {
      String where = "partition " + partition.partition() + " of " + topic.name();
      if (partition.leader() == null || partition.leader().isEmpty()) {
        return where + " has no leader: start the brokers that are away";
      }
      int inSync = partition.isr().size();
      int replicas = partition.replicas().size();
      if (inSync < Math.min(leastInSync, replicas)) {
        return where
            + " has "
            + inSync
            + " of "
            + replicas
            + " replicas in sync, min.insync.replicas is "
            + leastInSync
            + ", so that nothing is written there: start the brokers that are away, or lower"
            + " min.insync.replicas with kafka-configs.sh --alter";
      }
    }
    return null;
  }
}
