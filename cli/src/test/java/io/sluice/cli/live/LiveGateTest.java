package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.domain.journal.Verifier;
import io.sluice.jobs.kafka.Topic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on a real broker. */
class LiveGateTest {
  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void anIntentIsAnsweredAndTheJournalVerifies() throws Exception {
    try (Desk desk = Desk.open(broker.settings().withPrefix("answer."));
        EmbeddedGate gate = EmbeddedGate.unbounded(desk.options(folder, 1))) {
      desk.trade("100");
      desk.intent("i-1", "1");
      List<JsonNode> decisions = desk.await(Topic.RISK_DECISIONS, 1);
      assertThat(decisions).hasSize(1);
      assertThat(decisions.get(0).path("intent_id").textValue()).isEqualTo("i-1");
      assertThat(decisions.get(0).path("verdict").textValue())
          .as(decisions.toString())
          .isEqualTo("ALLOW");
      Verifier verifier = Verifier.ofTopic();
      for (byte[] line : desk.all(Topic.RISK_JOURNAL)) {
        assertThat(verifier.check(line)).isNull();
      }
      assertThat(verifier.decisions()).isEqualTo(1);
    }
  }
}
