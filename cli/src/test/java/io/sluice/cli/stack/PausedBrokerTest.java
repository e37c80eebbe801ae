package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import io.sluice.jobs.kafka.TopicWriter;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A broker that holds its connections and answers nothing keeps nobody waiting for ever. */
class PausedBrokerTest {
  private static KafkaBroker broker;
  private static KafkaSettings kafka;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start();
    kafka =
        new KafkaSettings(
            broker.bootstrap(),
            "",
            "sluice",
            Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500"));
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static List<ProducerRecord<byte[], byte[]>> records() {
    return List.of(
        new ProducerRecord<>(kafka.nameOf(Topic.RISK_INPUTS), 0, null, new byte[] {'1'}),
        new ProducerRecord<>(kafka.nameOf(Topic.RISK_INPUTS), 3, null, new byte[] {'2'}));
  }

  private static void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(broker.pid())).start().waitFor();
  }

  @Test
  void whatIsWrittenOrReadEndsWithAReason() throws Exception {
    TopicWriter writer = new TopicWriter(kafka, Topic.RISK_INPUTS, Duration.ofSeconds(20));
    assertThat(writer.write("the configuration", records()))
        .extracting(place -> place.partition() + "/" + place.offset())
        .containsExactly("0/0", "3/0");

    signal("STOP");
    try {
      TopicWriter hurried = new TopicWriter(kafka, Topic.RISK_INPUTS, Duration.ofSeconds(2));
      assertThatThrownBy(() -> hurried.write("the configuration", records()))
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("the configuration is not written to the end after 2 s")
          .hasMessageContaining("Kafka at " + kafka.bootstrap() + " does not answer");
      assertThatThrownBy(() -> TopicReader.readAll(kafka, Topic.RISK_INPUTS, record -> {}))
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("Kafka at " + kafka.bootstrap() + " does not answer");
    } finally {
      signal("CONT");
    }
    assertThat(writer.write("the configuration", records())).hasSize(2);
  }
}
