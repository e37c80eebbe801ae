package io.sluice.jobs.kafka;

import io.sluice.operators.edge.GateOutput;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Decisions, journal lines, events, bars, scores and dead letters on their way to their topics. */
final class OutputRecords implements KafkaRecordSerializationSchema<GateOutput> {
  private static final long serialVersionUID = 1L;

  private final Map<GateOutput.Kind, String> topics = new EnumMap<>(GateOutput.Kind.class);

  OutputRecords(KafkaSettings kafka) {
    topics.put(GateOutput.Kind.DECISION, kafka.nameOf(Topic.RISK_DECISIONS));
    topics.put(GateOutput.Kind.JOURNAL, kafka.nameOf(Topic.RISK_JOURNAL));
    topics.put(GateOutput.Kind.EVENT, kafka.nameOf(Topic.RISK_EVENTS));
    topics.put(GateOutput.Kind.BAR, kafka.nameOf(Topic.MARKET_BARS));
    topics.put(GateOutput.Kind.SCORE, kafka.nameOf(Topic.MARKET_SCORES));
    topics.put(GateOutput.Kind.DEAD_LETTER, kafka.nameOf(Topic.RISK_DEADLETTER));
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      GateOutput output, KafkaSinkContext context, Long timestamp) {
    String key = output.kind() == GateOutput.Kind.EVENT ? output.event().scope() : output.group();
    return new ProducerRecord<>(
        topics.get(output.kind()), key.getBytes(StandardCharsets.UTF_8), output.json());
  }
}
