package io.sluice.cli.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import io.sluice.cli.Cli;
import io.sluice.cli.RunProcess;
import io.sluice.cli.SharedBroker;
import io.sluice.cli.stack.BoundJvm;
import io.sluice.cli.stack.ChildProcess;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.ClickHouseOptions;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice run} with a ClickHouse, behind TLS, in its configuration: gate and archive. */
class RunTest {
  @TempDir Path folder;

  @Test
  void gateAndArchiveRunTogether() throws Exception {
    ClickHouse clickHouse =
        LocalClickHouse.start(ClickHouseOptions.temporary().as("archivist", "it's a secret"));
    SelfSigned certificate = SelfSigned.in(folder);
    KafkaBroker broker = SharedBroker.get();
    try (FlakyProxy tls =
        new FlakyProxy(URI.create(clickHouse.url()).getPort(), certificate.sockets())) {
      Path config = configuration(broker, tls, certificate);
      try (Topics topics = Topics.open(broker.settings().withPrefix("run."))) {
        topics.createMissing();
      }
      Cli.Run unmigrated = run(config);
      assertThat(unmigrated.code()).isEqualTo(2);
      assertThat(unmigrated.err()).contains("database run is at version 0", "./sluice migrate");

      try (Archive archive = Archive.open(broker, clickHouse, "run")) {
        Path log = folder.resolve("run.log");
        ChildProcess run =
            new BoundJvm(
                    "the gate",
                    RunProcess.class.getName(),
                    List.of("-Xmx768m", "-Dsluice.home=" + Path.of("..").toAbsolutePath()),
                    Map.of(),
                    log)
                .start(
                    List.of(
                        "--config=" + config,
                        "--profile=local",
                        "--state=" + folder.resolve("state")));
        try {
          archive.put(
              Topic.STRATEGY_INTENTS,
              "{\"type\":\"intent\",\"intent_id\":\"i-1\",\"account\":\"demo\"}");
          archive.awaitRows("decisions", 1);
          archive.awaitRows("intents", 1);
          archive.awaitRows("journal", 2);
          assertThat(archive.strings("SELECT toString(verdict) FROM decisions"))
              .containsExactly("DENY");
          assertThat(contentOf(log.toFile()))
              .contains("archive up on " + tls.url() + ", database run")
              .doesNotContain("secret");
          assertThat(folder.resolve("state/tmp")).isNotEmptyDirectory();
        } finally {
          run.stop();
        }
        assertThat(folder.resolve("state/tmp")).as("left by the gate").doesNotExist();
        assertThat(folder.resolve("state/archive/tmp")).as("left by the archive").doesNotExist();
      }
    } finally {
      LocalClickHouse.end(clickHouse);
    }
  }

  private Cli.Run run(Path config) {
    String home = System.setProperty("sluice.home", "..");
    try {
      return Cli.run("run", "--config", config, "--state", folder.resolve("state"));
    } finally {
      if (home == null) {
        System.clearProperty("sluice.home");
      } else {
        System.setProperty("sluice.home", home);
      }
    }
  }

  private Path configuration(KafkaBroker broker, FlakyProxy tls, SelfSigned certificate)
      throws Exception {
    Path password = folder.resolve("password");
    Files.writeString(password, "it's a secret\n");
    String packaged;
    try (var live = ConfigurationFile.class.getResourceAsStream("/io/sluice/jobs/live.yaml")) {
      packaged = new String(live.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    Path config = folder.resolve("live.yaml");
    Files.writeString(
        config,
        packaged
                .replace(
                    "bootstrap: \"localhost:9092\"", "bootstrap: \"" + broker.bootstrap() + "\"")
                .replace("topic_prefix: \"\"", "topic_prefix: \"run.\"")
            + "\nclickhouse: {url: \"%s\", database: run, user: archivist, password_file: \"%s\", properties: {sslrootcert: \"%s\"}}\n"
                .formatted(tls.url(), password, certificate.certificate()));
    return config;
  }
}
