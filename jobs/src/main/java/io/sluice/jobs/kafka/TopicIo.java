package io.sluice.jobs.kafka;

import io.sluice.operators.edge.GateOutput;
import io.sluice.operators.edge.Sequenced;
import io.sluice.operators.edge.TopicRecord;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;

/**
 * The job's sources and sinks. Sinks write at least once: what is written again is the same bytes
 * under the same identity, and a transaction would keep a decision back until the next checkpoint.
 */
public final class TopicIo {
  private static final String DISCOVERY_MS = "60000";
  private static final String MARKET_FETCH_BYTES = String.valueOf(64 << 10);
  private static final String MARKET_FETCH_WAIT_MS = "5";
  private static final String JOURNAL_LINGER_MS = "10";
  private static final String ARCHIVE_GROUP = "-archive";

  private final KafkaSettings kafka;

  public TopicIo(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * Market data is fetched in portions of a few milliseconds: one request for each handful of
   * trades would keep the broker busier than everything else does.
   *
   * @param history how far back a source without a checkpoint begins
   */
  public KafkaSource<TopicRecord> market(Duration history) {
    Properties consumer = kafka.consumer();
    consumer.putIfAbsent("fetch.min.bytes", MARKET_FETCH_BYTES);
    consumer.putIfAbsent("fetch.max.wait.ms", MARKET_FETCH_WAIT_MS);
    return source("market", Topic.MARKET, StartingPoint.marketOf(history), consumer);
  }

  public KafkaSource<TopicRecord> orders() {
    return source("orders", Topic.ORDERS, StartingPoint.unreadOrders(), kafka.consumer());
  }

  public KafkaSource<TopicRecord> entries() {
    return source(
        "entries", List.of(Topic.RISK_INPUTS), StartingPoint.wholeTopic(), kafka.consumer());
  }

  /** A topic for the archive, which says under a group of its own how far it has read. */
  public KafkaSource<TopicRecord> archived(Topic topic) {
    return source(
        "archive-" + topic.wireName(),
        kafka.group() + ARCHIVE_GROUP,
        List.of(topic),
        StartingPoint.firstRecord(),
        kafka.consumer());
  }

  private KafkaSource<TopicRecord> source(
      String name, List<Topic> topics, StartingPoint start, Properties consumer) {
    return source(name, kafka.group(), topics, start, consumer);
  }

  private KafkaSource<TopicRecord> source(
      String name, String group, List<Topic> topics, StartingPoint start, Properties consumer) {
    consumer.putIfAbsent("partition.discovery.interval.ms", DISCOVERY_MS);
    consumer.put("commit.offsets.on.checkpoint", "true");
    return KafkaSource.<TopicRecord>builder()
        .setProperties(consumer)
        .setClientIdPrefix(kafka.group() + "-" + name)
        .setGroupId(group)
        .setTopics(topics.stream().map(kafka::nameOf).toList())
        .setStartingOffsets(start)
        .setDeserializer(new TopicRecords())
        .build();
  }

  /**
   * @param partitions of {@code risk.inputs}
   */
  public KafkaSink<Sequenced> inputs(int partitions) {
    return sink(new EntryRecords(kafka, partitions), kafka.producer());
  }

  public KafkaSink<GateOutput> outputs() {
    return sink(new OutputRecords(kafka), kafka.producer());
  }

  /** The same for what the gate answers, whose latency is taken. */
  public KafkaSink<GateOutput> answers() {
    Properties producer = kafka.producer();
    producer.merge(
        "interceptor.classes",
        TimedDecisions.Stop.class.getName(),
        (given, stop) -> given + "," + stop);
    return sink(new TimedDecisions(new OutputRecords(kafka)), producer);
  }

  /**
   * The same for journal lines, with a producer of their own: nobody waits for one, so that those
   * of some milliseconds go out together and decisions do not queue behind them.
   */
  public KafkaSink<GateOutput> journal() {
    Properties producer = kafka.producer();
    producer.put("linger.ms", JOURNAL_LINGER_MS);
    return sink(new OutputRecords(kafka), producer);
  }

  private <T> KafkaSink<T> sink(KafkaRecordSerializationSchema<T> records, Properties producer) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(producer)
        .setBootstrapServers(kafka.bootstrap())
        .setRecordSerializer(records)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }
}
