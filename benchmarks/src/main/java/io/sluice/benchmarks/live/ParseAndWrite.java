package io.sluice.benchmarks.live;

import io.sluice.domain.wire.Trade;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.FlinkOptions;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.TopicIo;
import io.sluice.operators.edge.EdgeType;
import io.sluice.operators.edge.TopicRecord;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The control of the throughput run: the least that any job does which reads trades from Kafka. It
 * reads and parses what the front does and writes as many records as the gate, of the same size,
 * and every marker.
 *
 * <pre>
 * ParseAndWrite config-file flink-conf out-topic trades-per-record record-bytes
 * </pre>
 */
public final class ParseAndWrite {
  private ParseAndWrite() {}

  public static void main(String[] args) throws Exception {
    KafkaSettings kafka = ConfigurationFile.readJob(Path.of(args[0])).kafka();
    Configuration flink = FlinkOptions.fixed(GlobalConfiguration.loadConfiguration(args[1]));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(flink);
    environment.setParallelism(1);
    environment
        .fromSource(
            new TopicIo(kafka).market(Duration.ofMinutes(15)),
            WatermarkStrategy.noWatermarks(),
            "market",
            EdgeType.TOPIC_RECORD)
        .uid("control-source")
        .process(
            new Parse(Long.parseLong(args[3]), Integer.parseInt(args[4])),
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .uid("control-parse")
        .sinkTo(
            KafkaSink.<byte[]>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setKafkaProducerConfig(kafka.producer())
                .setRecordSerializer(new Lines(args[2]))
                .build())
        .uid("control-sink");
    environment.execute("parse and write");
  }

  /** Lines on their way to their topic. */
  private record Lines(String topic) implements KafkaRecordSerializationSchema<byte[]> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        byte[] line, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(topic, line);
    }
  }

  private static final class Parse extends ProcessFunction<TopicRecord, byte[]> {
    private static final long serialVersionUID = 1L;

    private final long tradesPerRecord;
    private final int recordBytes;
    private long trades;

    Parse(long tradesPerRecord, int recordBytes) {
      this.tradesPerRecord = tradesPerRecord;
      this.recordBytes = recordBytes;
    }

    @Override
    public void processElement(TopicRecord record, Context context, Collector<byte[]> out)
        throws Exception {
      Trade trade = (Trade) WireReader.read(record.value());
      if (MarketTape.isMarker(trade.price())) {
        out.collect(trade.toJson());
      } else if (++trades % tradesPerRecord == 0) {
        out.collect(new byte[recordBytes]);
      }
    }
  }
}
