package io.sluice.jobs.kafka;

import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Entries on their way to {@code risk.inputs}, keyed by group. A group's partition is that of
 * Kafka's own partitioner, but of the partitions there were at the start: somebody who adds some to
 * the topic meanwhile does not tear a group's order apart.
 */
public final class EntryRecords implements KafkaRecordSerializationSchema<Sequenced> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partitions;

  /**
   * @param partitions of the topic
   */
  public EntryRecords(KafkaSettings kafka, int partitions) {
    this.topic = kafka.nameOf(Topic.RISK_INPUTS);
    this.partitions = partitions;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Sequenced sequenced, KafkaSinkContext context, Long timestamp) {
    return record(sequenced);
  }

  /** The record that an entry becomes, whoever writes it. */
  public ProducerRecord<byte[], byte[]> record(Sequenced sequenced) {
    byte[] key = key(sequenced.group());
    return new ProducerRecord<>(topic, partitionOf(key), key, sequenced.toJson());
  }

  /** Where a group's entries stand. */
  public int partitionOf(String group) {
    return partitionOf(key(group));
  }

  private int partitionOf(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private static byte[] key(String group) {
    return group.getBytes(StandardCharsets.UTF_8);
  }
}
