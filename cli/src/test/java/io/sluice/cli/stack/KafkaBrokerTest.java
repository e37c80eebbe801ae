package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is a real one, keeps what it was given, and leaves nothing behind. */
class KafkaBrokerTest {
  private static KafkaBroker kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = KafkaBroker.start();
    try (Topics topics = Topics.open(kafka.settings())) {
      assertThat(topics.createMissing()).containsExactly(Topic.values());
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
    assertThat(kafka.log().getParent()).doesNotExist();
    assertThat(ProcessHandle.of(kafka.pid())).isEmpty();
  }

  @Test
  void keepsItsDataOverStopAndKill() throws Exception {
    Records records = new Records(kafka.settings());
    String before = kafka.bootstrap();
    records.write(Topic.RISK_INPUTS, "first");
    kafka.stop();
    kafka.restart();
    assertThat(kafka.bootstrap()).isEqualTo(before);
    assertThat(records.read(Topic.RISK_INPUTS)).containsExactly("first");
    records.write(Topic.RISK_INPUTS, "second");
    kafka.kill();
    kafka.restart();
    assertThat(records.read(Topic.RISK_INPUTS)).containsExactlyInAnyOrder("first", "second");
    try (Topics topics = Topics.open(kafka.settings())) {
      assertThat(topics.createMissing()).isEmpty();
      assertThat(topics.contents().get(Topic.RISK_INPUTS)).isEqualTo(new Topics.Content(8, 2));
      assertThat(topics.partitions(Topic.CONTROL_COMMANDS)).isEqualTo(1);
    }
  }

  @Test
  void topicsThatDoNotFitAreNamedAllAtOnce() throws Exception {
    KafkaSettings odd = kafka.settings().withPrefix("odd.");
    try (Topics topics = Topics.open(odd);
        Admin admin = Admin.create(odd.client())) {
      assertThatThrownBy(topics::check)
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("missing odd.market.trades, odd.market.quotes");
      assertThatThrownBy(() -> topics.partitions(Topic.RISK_INPUTS))
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("topic odd.risk.inputs is missing");
      admin
          .createTopics(
              List.of(
                  topic("odd.control.commands", 2, Map.of("retention.ms", "1000")),
                  topic(
                      "odd.risk.inputs",
                      2,
                      Map.of(
                          "message.timestamp.type", "CreateTime",
                          "retention.ms", "86400000",
                          "cleanup.policy", "compact,delete"))))
          .all()
          .get();
      assertThatThrownBy(topics::createMissing)
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("odd.control.commands has 2 partitions, expected 1")
          .hasMessageContaining("odd.control.commands has retention.ms 1000, expected -1")
          .hasMessageContaining("message.timestamp.type CreateTime, expected LogAppendTime")
          .hasMessageContaining("odd.risk.inputs has retention.ms 86400000, expected at least")
          .hasMessageContaining(
              "odd.risk.inputs has cleanup.policy compact,delete, expected delete")
          .hasMessageNotContaining("missing");
    }
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> configuration) {
    return new NewTopic(name, partitions, (short) 1).configs(configuration);
  }

  @Test
  void kafkaThatIsNotThereIsOneClearLine() {
    KafkaSettings nobody =
        new KafkaSettings(
            "localhost:" + FreePort.orAny(0, 0),
            "",
            "sluice",
            Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500"));
    try (Topics topics = Topics.open(nobody)) {
      assertThatThrownBy(topics::check)
          .isInstanceOf(TopicsException.class)
          .hasMessageContaining("Kafka at " + nobody.bootstrap() + " does not answer")
          .hasMessageContaining("./sluice up")
          .hasMessageContaining("kafka.bootstrap");
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> KafkaBroker.start(BrokerOptions.temporary().at(port, 0)))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("port " + port + " of this machine is in use")
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void whyItDidNotStartIsShown(@TempDir Path folder) throws Exception {
    BrokerOptions wrong =
        BrokerOptions.temporary().in(folder).with(Map.of("log.segment.bytes", "few"), Map.of());
    assertThatThrownBy(() -> KafkaBroker.start(wrong))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining("log.segment.bytes")
        .hasMessageContaining("few");
    assertThat(folder.resolve("broker.log")).exists();
  }
}
