package io.sluice.cli.executor;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.domain.wire.Fill;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.OrderStatus;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics an executor reports to: writes them, and reads them back after a restart. */
final class ReportTopics implements AutoCloseable {
  /** The header that names the amendment a status is about. */
  private static final String AMENDMENT = "amendment";

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  ReportTopics(KafkaSettings kafka) {
    this.kafka = kafka;
    Properties properties = kafka.producer();
    properties.put("key.serializer", ByteArraySerializer.class.getName());
    properties.put("value.serializer", ByteArraySerializer.class.getName());
    this.producer = new KafkaProducer<>(properties);
  }

  /**
   * Writes reports and returns when all brokers have them. Fills are there before the statuses that
   * count them: the other way round a crash in between would leave a quantity that no fill explains
   * reserved for ever.
   */
  void write(List<Report> reports) throws InterruptedException {
    if (!reports.isEmpty()) {
      writeAll(reports.stream().filter(report -> report.message() instanceof Fill).toList());
      writeAll(reports.stream().filter(report -> !(report.message() instanceof Fill)).toList());
    }
  }

  private void writeAll(List<Report> reports) throws InterruptedException {
    List<Future<RecordMetadata>> written = new ArrayList<>();
    for (Report report : reports) {
      written.add(producer.send(record(report)));
    }
    producer.flush();
    for (Future<RecordMetadata> each : written) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "a report cannot be written ("
                + e.getCause().getMessage()
                + "); nothing more is sent, start the executor again when Kafka takes it",
            e);
      }
    }
  }

  private ProducerRecord<byte[], byte[]> record(Report report) {
    Message message = report.message();
    Topic topic;
    String account;
    if (message instanceof Fill fill) {
      topic = Topic.EXECUTION_FILLS;
      account = fill.account();
    } else if (message instanceof OrderStatus status) {
      topic = Topic.EXECUTION_ORDERS;
      account = status.account();
    } else if (message instanceof AccountSnapshot snapshot) {
      topic = Topic.ACCOUNT_UPDATES;
      account = snapshot.account();
    } else {
      throw new IllegalArgumentException("an executor reports no " + message.kind().wireName());
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(kafka.nameOf(topic), utf8(account), message.toJson());
    if (report.amendment() != null) {
      record.headers().add(AMENDMENT, utf8(report.amendment()));
    }
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Everything that earlier runs have said, to the end of the topics as it is now. */
  Reported readBack() {
    Reported reported = new Reported();
    Properties properties = kafka.consumer();
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      for (Topic topic :
          List.of(Topic.EXECUTION_ORDERS, Topic.EXECUTION_FILLS, Topic.ACCOUNT_UPDATES)) {
        readBack(consumer, kafka.nameOf(topic), reported);
      }
    }
    return reported;
  }

  private static void readBack(
      KafkaConsumer<byte[], byte[]> consumer, String topic, Reported reported) {
    List<TopicPartition> partitions = Partitions.of(consumer, topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        readBack(record, reported);
      }
    }
  }

  /** What cannot be read was not written by an executor, and is a dead letter of the gate. */
  private static void readBack(ConsumerRecord<byte[], byte[]> record, Reported reported) {
    if (record.value() == null) {
      return;
    }
    Header amendment = record.headers().lastHeader(AMENDMENT);
    try {
      reported.add(
          new Report(
              WireReader.read(record.value()),
              amendment == null ? null : new String(amendment.value(), StandardCharsets.UTF_8)));
    } catch (UnreadableException e) {
      // Said above: nothing of ours.
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
