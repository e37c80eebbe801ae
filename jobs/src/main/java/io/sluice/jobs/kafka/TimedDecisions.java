package io.sluice.jobs.kafka;

import io.sluice.operators.SluiceMetrics;
import io.sluice.operators.edge.GateOutput;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the gate puts out on its way to its topics, with a watch on each decision: it runs from the
 * arrival of the intent until all replicas that have to have the decision do. The decision's record
 * carries the arrival as the header {@code received_us}.
 */
final class TimedDecisions implements KafkaRecordSerializationSchema<GateOutput> {
  private static final long serialVersionUID = 1L;
  private static final int WINDOW = 10_000;

  private final OutputRecords records;
  private transient Histogram latencyMs;

  TimedDecisions(OutputRecords records) {
    this.records = records;
  }

  @Override
  public void open(
      SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
    latencyMs =
        SluiceMetrics.below(context.getMetricGroup())
            .histogram("decisionLatencyMs", new DescriptiveStatisticsHistogram(WINDOW));
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      GateOutput output, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record = records.serialize(output, context, timestamp);
    if (output.receivedUs() > 0) {
      record.headers().add(new Watch(output.receivedUs(), latencyMs));
    }
    return record;
  }

  /** The header; as long as the record is on its way it also knows who wants to hear of its end. */
  private record Watch(long receivedUs, Histogram latencyMs) implements Header {
    @Override
    public String key() {
      return "received_us";
    }

    @Override
    public byte[] value() {
      return Long.toString(receivedUs).getBytes(StandardCharsets.UTF_8);
    }

    private void stop() {
      latencyMs.update(Math.max(0, System.currentTimeMillis() - receivedUs / 1_000));
    }
  }

  /** Stops the watches when the broker has acknowledged. */
  public static final class Stop implements ProducerInterceptor<byte[], byte[]> {
    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata written, Exception thrown, Headers headers) {
      if (thrown != null) {
        return;
      }
      for (Header header : headers) {
        if (header instanceof Watch watch) {
          watch.stop();
        }
      }
    }

    @Override
    public void configure(Map<String, ?> configuration) {
      // There is nothing to be set.
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
