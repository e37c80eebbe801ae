package io.sluice.jobs.kafka;

import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Entries on their way to {@code risk.inputs}, keyed by group. */
public final class EntryRecords implements KafkaRecordSerializationSchema<Sequenced> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  public EntryRecords(KafkaSettings kafka) {
    this.topic = kafka.nameOf(Topic.RISK_INPUTS);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Sequenced sequenced, KafkaSinkContext context, Long timestamp) {
    return record(sequenced);
  }

  /** The record that an entry becomes, whoever writes it. */
  public ProducerRecord<byte[], byte[]> record(Sequenced sequenced) {
    return new ProducerRecord<>(
        topic, sequenced.group().getBytes(StandardCharsets.UTF_8), sequenced.toJson());
  }
}
