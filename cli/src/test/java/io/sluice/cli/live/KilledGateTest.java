package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import io.sluice.cli.RunProcess;
import io.sluice.cli.stack.BoundJvm;
import io.sluice.cli.stack.ChildProcess;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever of the gate dies, every intent has one answer, and books, limits and halts are those of
 * a gate that never died.
 */
class KilledGateTest {
  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 20 : 3;
  private static final long SEED = 20_240_611;

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

  /**
   * The last time Kafka dies first: what the gate had taken in and Kafka did not have yet when both
   * were gone must come again. Then Kafka is restarted under a gate that lives.
   */
  @Test
  void theWholeJobIsKilledAndKafkaToo() throws Exception {
    KafkaSettings kafka = Flow.topics(broker, "job.");
    EmbeddedGate.Options options = Firm.optionsWithModels(folder, kafka, 2);
    try (Flow flow = Flow.startWithModels(kafka, SEED + 1)) {
      ChildProcess interrupted = gate(options);
      flow.awaitDecisions(50, isAlive(interrupted));
      assertThat(options.folder().resolve("run.json")).exists();
      tellToEnd(interrupted, "INT", options.folder());
      ChildProcess terminated = gate(options);
      flow.awaitDecisions(20, isAlive(terminated));
      tellToEnd(terminated, "TERM", options.folder());

      Random random = new Random(SEED);
      for (int round = 1; round <= ROUNDS; round++) {
        ChildProcess gate = gate(options);
        flow.awaitDecisions(1 + random.nextInt(300), isAlive(gate));
        if (round == ROUNDS) {
          broker.kill();
          // Some checkpoints long.
          flow.awaitSteps(300);
        }
        gate.kill();
      }
      broker.restart();
      try (EmbeddedGate gate = EmbeddedGate.unbounded(options)) {
        flow.awaitDecisions(100);
        broker.stop();
        broker.restart();
        flow.awaitDecisions(100);
        flow.settle();
        gate.stop();
      }
      flow.audit(options.folder());
    }
  }

  /**
   * As by Ctrl-C, or by who supervises it: the gate says so, ends in good order and leaves nothing
   * lying about but its state.
   */
  private void tellToEnd(ChildProcess gate, String signal, Path state) throws Exception {
    ProcessHandle process = gate.handle();
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    process.onExit().get(60, TimeUnit.SECONDS);
    assertThat(state.resolve("tmp")).doesNotExist();
    assertThat(state.resolve("run.json")).doesNotExist();
    assertThat(contentOf(folder.resolve("gate.log").toFile()))
        .contains("sluice: ending, as told")
        .doesNotContain("has failed");
  }

  private Runnable isAlive(ChildProcess gate) {
    return () ->
        assertThat(gate.handle().isAlive())
            .as(() -> "alive: " + contentOf(folder.resolve("gate.log").toFile()))
            .isTrue();
  }

  private ChildProcess gate(EmbeddedGate.Options options) throws Exception {
    Path log = folder.resolve("gate.log");
    List<String> jvm = List.of("-Xmx768m", "-Dsluice.home=src/test");
    return new BoundJvm("the gate", RunProcess.class.getName(), jvm, Map.of(), log)
        .start(
            List.of(
                "--config=" + folder.resolve(Firm.FILE),
                "--profile=chaos",
                "--state=" + options.folder(),
                "--parallelism=" + options.parallelism()));
  }
}
