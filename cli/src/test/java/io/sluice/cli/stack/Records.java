package io.sluice.cli.stack;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to topics and reads all that is in them. */
record Records(KafkaSettings settings) {

  void write(Topic topic, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings.producer(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(settings.nameOf(topic), value)).get();
    }
  }

  /** The values in a topic, partition after partition. */
  List<String> read(Topic topic) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            settings.client(), new StringDeserializer(), new StringDeserializer())) {
      for (var info : consumer.partitionsFor(settings.nameOf(topic))) {
        TopicPartition partition = new TopicPartition(info.topic(), info.partition());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
          consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
        }
      }
    }
    return values;
  }
}
