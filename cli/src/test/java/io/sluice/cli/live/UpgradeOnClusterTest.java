package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.cli.Cli;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runbook of docs/upgrades.md as an operator follows it, by commands, on the real cluster while
 * intents flow: submit, savepoint, upgrade to another jar, resume, and back again by one command.
 * In the end every intent has one answer, and journal and state are those of a second gate that
 * folds the same entries from the first on without interruption.
 */
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class UpgradeOnClusterTest {
  private static final long SEED = 20_261_130;
  private static final String HOME = "sluice.home";
  private static final String BUILD = "sluice.cluster";
  private static final String JAR = "sluice-job.jar";

  @TempDir Path folder;
  private final String homeBefore = System.getProperty(HOME);
  private final String buildBefore = System.getProperty(BUILD);

  @BeforeEach
  void fromTheCheckout() {
    System.setProperty(HOME, "..");
  }

  @AfterEach
  void leaveNothing() {
    call("down");
    restore(HOME, homeBefore);
    restore(BUILD, buildBefore);
  }

  private static void restore(String property, String before) {
    if (before == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, before);
    }
  }

  private Cli.Run call(Object... arguments) {
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--dir", folder));
    return Cli.run(all.toArray());
  }

  private String done(Object... arguments) {
    long start = System.nanoTime();
    Cli.Run run = call(arguments);
    assertThat(run.code()).as(() -> run.err() + run.out()).isZero();
    System.out.printf(
        "rehearsal: %s in %d ms%n%s",
        arguments[0] + " " + arguments[1],
        Duration.ofNanos(System.nanoTime() - start).toMillis(),
        run.out());
    return run.out();
  }

  @Test
  void anUpgradeAndTheWayBackLoseNothingAndChangeNothing() throws Exception {
    done("up", "--cluster", "--without-archive");
    JsonNode status = Desk.json(call("status", "--json").out().strip().getBytes());
    KafkaSettings kafka =
        KafkaSettings.local(status.path("bootstrap").textValue()).withPrefix("upgrade.");
    try (Topics topics = Topics.open(kafka)) {
      topics.createMissing();
    }
    Path config = Firm.file(folder, kafka, 60_000);
    Path state = Firm.stateIn(folder);
    try (Flow flow = Flow.start(kafka, SEED)) {
      done("job", "submit", "--config", config, "--state", state);
      flow.awaitDecisions(200);

      done("job", "savepoint", "--state", state);
      done("job", "stop", "--state", state);
      anotherBuild();
      done("job", "resume", "--config", config, "--state", state, "--parallelism", "1");
      flow.awaitDecisions(200);

      String plan = done("rollback", "--state", state, "--without-probes", "--plan");
      assertThat(plan).contains("from deployment 2", "back to deployment 1");
      Cli.Run back = call("rollback", "--state", state, "--without-probes");
      assertThat(back.out())
          .as(() -> back.err())
          .contains("the gate of deployment 1 is submitted", "this is deployment 3", "ok, ");
      System.out.println(back.out());
      flow.awaitDecisions(200);
      flow.settle();
      done("job", "stop", "--state", state);
      flow.audit(state);
      aJarThatIsNotWhatItWasIsRefused(state);
    }
  }

  /** The same classes in a jar that is another one. */
  private void anotherBuild() throws Exception {
    Path before = Path.of(buildBefore);
    Path after = Files.createDirectories(folder.resolve("next-build"));
    Files.copy(before.resolve("classpath.txt"), after.resolve("classpath.txt"));
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(before.resolve(JAR)));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(after.resolve(JAR)))) {
      out.setLevel(1);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        in.transferTo(out);
      }
      out.putNextEntry(new ZipEntry("META-INF/another-build"));
    }
    System.setProperty(BUILD, after.toString());
  }

  private void aJarThatIsNotWhatItWasIsRefused(Path state) throws Exception {
    try (var jars = Files.list(state.resolve("deployments").resolve("jars"))) {
      for (Path jar : jars.toList()) {
        Files.writeString(jar, "");
      }
    }
    Cli.Run refused = call("rollback", "--state", state, "--to", "1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).contains("refused: its jar", "put back the one that was deployed");
    assertThat(call("job", "list").out()).as("nothing was touched").doesNotContain("RUNNING");
  }
}
