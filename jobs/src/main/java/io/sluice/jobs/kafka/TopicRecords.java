package io.sluice.jobs.kafka;

import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.TopicRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Takes records as they are; what reads them comes after, and keeps what does not read. */
final class TopicRecords implements KafkaRecordDeserializationSchema<TopicRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TopicRecord> out) {
    out.collect(
        new TopicRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            Math.max(0, record.timestamp()) * 1_000,
            record.timestampType() == TimestampType.LOG_APPEND_TIME,
            record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
            record.value()));
  }

  @Override
  public TypeInformation<TopicRecord> getProducedType() {
    return EdgeType.TOPIC_RECORD;
  }
}
