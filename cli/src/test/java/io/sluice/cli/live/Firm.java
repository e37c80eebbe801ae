package io.sluice.cli.live;

import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A firm of four accounts in three groups that trades three instruments on a venue outside. */
final class Firm {
  static final List<String> INSTRUMENTS = List.of("TEST:AAAUSD", "TEST:BBBUSD", "TEST:CCCUSD");
  static final List<String> ACCOUNTS = List.of("a1", "a2", "b", "c");

  /** One that no configuration knows. */
  static final String STRANGER = "stranger";

  /** The name of the configuration's file. */
  static final String FILE = "gate.yaml";

  private static final String RISK =
      """
      instruments:
        - {id: "TEST:AAAUSD", base: AAA, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:BBBUSD", base: BBB, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
        - {id: "TEST:CCCUSD", base: CCC, quote: USD, kind: spot, tick: "0.01", lot: "0.001", min_qty: "0.001", max_qty: "100", min_notional: "1", multiplier: "1"}
      accounts:
        - {id: a1, group: first, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: a2, group: first, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: b, group: second, profile: p, currency: USD, kind: cash, cash: "1000000"}
        - {id: c, group: third, profile: p, currency: USD, kind: cash, cash: "1000000"}
      profiles: {p: {max_consecutive_losses: 1000}}
      limits:
        - {scope: firm, max_qty: "5", max_notional: "2000", collar: "0.05", max_position_notional: "30000", max_gross: "80000", max_daily_loss: "500000", max_drawdown: "0.9", max_data_age_ms: %d}
      clock: wall
      control: {authority: tighten}
      execution: {mode: external}
      max_clock_skew_ms: 120000
      kafka: {bootstrap: "%s", topic_prefix: "%s"}
      """;

  private Firm() {}

  /** Writes the configuration file of a gate, as a user would. */
  static Path file(Path folder, KafkaSettings kafka, int maxDataAgeMs) throws IOException {
    Path file = folder.resolve(FILE);
    Files.writeString(file, RISK.formatted(maxDataAgeMs, kafka.bootstrap(), kafka.topicPrefix()));
    return file;
  }

  /** The folder of a gate's checkpoints. */
  static Path stateIn(Path folder) {
    return folder.resolve("gate");
  }

  /** A gate of this firm with its state below a folder. */
  static EmbeddedGate.Options options(Path folder, KafkaSettings kafka, int parallelism)
      throws IOException {
    return options(folder, kafka, parallelism, 60_000);
  }

  static EmbeddedGate.Options options(
      Path folder, KafkaSettings kafka, int parallelism, int maxDataAgeMs) throws IOException {
    JobConfiguration configuration = ConfigurationFile.readJob(file(folder, kafka, maxDataAgeMs));
    return new EmbeddedGate.Options(
        configuration,
        Path.of("src/test/flink-conf/chaos"),
        folder.resolve("gate"),
        parallelism,
        0);
  }
}
