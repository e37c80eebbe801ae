package io.sluice.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
        BrokerOptions.temporary()
            .in(folder)
            .with(java.util.Map.of("log.segment.bytes", "few"), java.util.Map.of());
    assertThatThrownBy(() -> KafkaBroker.start(wrong))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("ended while it started")
        .hasMessageContaining("log.segment.bytes")
        .hasMessageContaining("few");
    assertThat(folder.resolve("broker.log")).exists();
  }
}
