package io.sluice.jobs.kafka;

import io.sluice.domain.journal.Entry;
import io.sluice.operators.edge.Sequenced;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Entries on their way to {@code risk.inputs}, keyed by group. */
public final class EntryRecords implements KafkaRecordSerializationSchema<Sequenced> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  EntryRecords(String topic) {
    this.topic = topic;
  }

  /** The end of a bounded input is no entry, and is not written. */
  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Sequenced sequenced, KafkaSinkContext context, Long timestamp) {
    return sequenced.entry() == null ? null : record(topic, sequenced.entry());
  }

  static ProducerRecord<byte[], byte[]> record(String topic, Entry entry) {
    return new ProducerRecord<>(
        topic, entry.group().getBytes(StandardCharsets.UTF_8), entry.toJson());
  }
}
