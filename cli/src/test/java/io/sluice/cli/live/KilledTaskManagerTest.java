package io.sluice.cli.live;

import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.Random;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of which task managers die goes on, and its books, limits and halts are those of a gate
 * that never died.
 */
class KilledTaskManagerTest {
  private static final int ROUNDS = Boolean.getBoolean("sluice.long") ? 20 : 3;
  private static final long SEED = 20_240_611;

  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = SharedBroker.get();
  }

  @Test
  void aTaskManagerIsKilled() throws Exception {
    KafkaSettings kafka = Flow.topics(broker, "taskmanager.");
    var profile = GlobalConfiguration.loadConfiguration("src/test/flink-conf/chaos");
    EmbeddedGate.Options options = Firm.optionsWithModels(folder, kafka, 2);
    try (FlinkCluster cluster = FlinkCluster.start(profile, folder.resolve("flink"), 2, 1);
        Flow flow = Flow.startWithModels(kafka, SEED);
        RunningGate gate = ClusterGate.unbounded(options, cluster)) {
      Random random = new Random(SEED);
      for (int round = 0; round < ROUNDS; round++) {
        flow.awaitDecisions(1 + random.nextInt(200));
        cluster.killTaskManager();
        cluster.addTaskManager();
      }
      flow.awaitDecisions(20);
      flow.settle();
      gate.stop();
      flow.audit(options.folder());
    }
  }
}
