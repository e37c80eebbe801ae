package io.sluice.cli.live;

import io.sluice.cli.SmallModel;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Makes the savepoints that {@link StoredSavepointsTest} and {@link StoredEverythingTest} restore,
 * when it is asked to: one for each state backend, named after the property {@code
 * sluice.savepoint}.
 */
@EnabledIfSystemProperty(named = "sluice.savepoint", matches = "[a-z0-9-]+")
class StoreSavepointTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void store(String backend) throws Exception {
    Path stored = named(System.getProperty("sluice.savepoint") + "-" + backend);
    try (KafkaBroker broker = KafkaBroker.start()) {
      KafkaSettings kafka = broker.settings().withPrefix(stored.getFileName() + ".");
      try (Desk desk = Desk.open(kafka);
          EmbeddedGate gate =
              EmbeddedGate.unbounded(
                  UpgradeScenario.options(folder, profile(folder, backend), kafka, 2))) {
        new UpgradeScenario(desk).before();
        gate.stop();
      }
      StoredSavepoint.store(stored, folder.resolve("gate"), kafka);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void storeWithEverything(String backend) throws Exception {
    String name = System.getProperty("sluice.savepoint") + "-everything";
    Path stored = named(name + "-" + backend);
    // No path of this machine: it stands in the state.
    Path bundle = StoredEverythingTest.BUNDLES.resolve(name);
    if (Files.notExists(bundle)) {
      EverythingScenario.train(folder, bundle);
    }
    Path next = StoredEverythingTest.BUNDLES.resolve(name + "-next");
    SmallModel.write(next.getParent(), next.getFileName().toString());
    String configuration = EverythingScenario.configuration(folder, bundle);
    try (KafkaBroker broker = KafkaBroker.start()) {
      KafkaSettings kafka = broker.settings().withPrefix(stored.getFileName() + ".");
      Path flink = profile(folder, backend);
      try (Desk desk = Desk.open(kafka);
          EmbeddedGate gate =
              EmbeddedGate.unbounded(
                  EverythingScenario.options(folder, flink, configuration, kafka, 2))) {
        new EverythingScenario(desk).before(folder, folder, bundle, next);
        gate.stop();
      }
      StoredSavepoint.store(stored, folder.resolve("gate"), kafka);
    }
    Files.writeString(new StoredSavepoint(stored).configuration(), configuration);
  }

  private static Path named(String name) {
    return StoredSavepoint.ALL.resolve(name);
  }

  /** The profile of a test on a state backend; all state stands in the savepoint's one file. */
  static Path profile(Path folder, String backend) throws Exception {
    String chaos = Files.readString(Path.of("src/test/flink-conf/chaos/config.yaml"));
    String yaml =
        chaos
            .replace("type: hashmap", "type: " + backend)
            .replace("  checkpointing:\n", "  checkpointing:\n    data-inline-threshold: 1 mb\n");
    Path profile = Files.createDirectories(folder.resolve("flink-conf-" + backend));
    Files.writeString(
        profile.resolve("config.yaml"), yaml + "\nstate.backend.rocksdb.memory.managed: false\n");
    return profile;
  }
}
