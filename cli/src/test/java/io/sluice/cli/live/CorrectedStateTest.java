package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Cli;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Books that begin as a broker's statement has them and are put right by another, as an officer
 * does it, on the command line; the journal tells all of it and verifies.
 */
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class CorrectedStateTest {
  private static final String HEADER = "account,currency,instrument,qty,avg_price,as_of";
  private static final String AT = "2020-01-31T14:00:00Z";

  @TempDir Path folder;

  private Path statement(String... rows) throws Exception {
    Path file = folder.resolve("broker.csv");
    Files.writeString(file, HEADER + "\n" + String.join("\n", rows) + "\n");
    return file;
  }

  private String key(String person) {
    Path key = folder.resolve(person + ".pem");
    String printed = Cli.done("control", "keygen", "--person", person, "--out", key).out();
    return printed.lines().filter(line -> line.contains("public_key")).findFirst().orElseThrow();
  }

  @Test
  void aFirstStateIsMadeOfAStatementAndPutRightByAnother() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start()) {
      KafkaSettings kafka = broker.settings().withPrefix("corrected.");
      Path config = folder.resolve("gate.yaml");
      Files.writeString(
          config,
          UpgradeScenario.CONFIGURATION
              .formatted(kafka.bootstrap(), kafka.topicPrefix())
              .replace(
                  "control: {authority: tighten}",
                  "control:\n  authority: signed\n  keys:\n    "
                      + key("ann").strip()
                      + "\n    "
                      + key("bob").strip()));
      Path state = folder.resolve("gate");
      String home = System.setProperty("sluice.home", "src/test");
      try (Desk desk = Desk.open(kafka)) {
        Path first =
            statement(
                "a1,USD,,1000," + "," + AT,
                "a1,USD," + UpgradeScenario.A + ",5,100," + AT,
                "a2,USD,,0,," + AT,
                "b,USD,,0,," + AT,
                "c,USD,,7,," + AT);
        Object[] make = {
          "state",
          "first",
          "--config",
          config,
          "--statement",
          first,
          "--state",
          state,
          "--profile",
          "chaos"
        };
        assertThat(Cli.done(make).out()).contains("the books of 4 accounts stand in");
        assertThat(Cli.run(make).err()).contains("holds state already");
        assertThat(Cli.done("state", "--savepoint", state).out()).contains(UpgradeScenario.A);

        Path second =
            statement(
                "a1,USD,,1100,," + AT,
                "a1,USD," + UpgradeScenario.A + ",4,100," + AT,
                "c,USD,,7,," + AT);
        Object[] look = {
          "state", "correct", "--savepoint", state, "--config", config, "--statement", second
        };
        assertThat(Cli.run(look).code()).isEqualTo(1);
        Path fix = folder.resolve("fix");
        Cli.done(
            "state",
            "correct",
            "--savepoint",
            state,
            "--config",
            config,
            "--statement",
            second,
            "--write",
            fix,
            "--reason",
            "a transfer",
            "--key",
            "ann=" + folder.resolve("ann.pem"));
        Path command = fix.resolve("adopt-a1.json");
        Cli.done("control", "sign", command, "--key", "bob=" + folder.resolve("bob.pem"));
        Cli.Run sent = Cli.run("control", "send", command, "--config", config, "--wait", "1s");
        assertThat(sent.out()).contains("will count as soon as a gate runs");

        try (EmbeddedGate gate = EmbeddedGate.unbounded(options(config, state))) {
          Desk.awaitThat(() -> hasEvent(desk, "BOOKS_CORRECTED"), "the correction");
          gate.stop();
        }
        assertThat(Cli.done(look).out()).contains("the books agree with the statement");
        assertThat(Cli.done("verify", "--kafka", "--config", config).code()).isZero();
      } finally {
        if (home == null) {
          System.clearProperty("sluice.home");
        } else {
          System.setProperty("sluice.home", home);
        }
      }
    }
  }

  private static EmbeddedGate.Options options(Path config, Path state) throws Exception {
    return new EmbeddedGate.Options(
        ConfigurationFile.readJob(config), Path.of("src/test/flink-conf/chaos"), state, 2, 0);
  }

  private static boolean hasEvent(Desk desk, String type) {
    List<byte[]> events = desk.all(Topic.RISK_EVENTS);
    return events.stream().anyMatch(event -> Desk.json(event).path("type").asText().equals(type));
  }
}
