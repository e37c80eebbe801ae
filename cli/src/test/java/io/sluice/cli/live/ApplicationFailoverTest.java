package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.cli.stack.ClusterPlan;
import io.sluice.cli.stack.FlinkCluster;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.live.RiskGateJob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * In application mode the gate's main class runs again in the job manager that takes over. It must
 * neither begin the fold anew nor end because it could not, wait for a Kafka that is away, and what
 * it writes to {@code risk.inputs} once more must change nothing.
 */
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class ApplicationFailoverTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Map<String, String> GIVEN =
      Map.of(
          "jobmanager.memory.process.size", "1g",
          "taskmanager.memory.process.size", "1400m",
          "execution.checkpointing.interval", "2 s",
          "execution.checkpointing.min-pause", "1 s");

  @TempDir Path folder;

  @Test
  void theGateGoesOnThoughKafkaIsAwayAndEarlyEntriesAreDeleted() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start()) {
      KafkaSettings kafka = broker.settings().withPrefix("application.");
      try (Desk desk = Desk.open(kafka);
          FlinkCluster cluster = application(kafka)) {
        desk.trade("100");
        int answered = desk.intentsUntilOneIsAllowed();
        deleteOnceFolded(kafka);

        broker.kill();
        cluster.killJobManager();
        cluster.addJobManager();
        Path log = folder.resolve("flink/job-manager-2.log");
        Desk.awaitThat(() -> text(log).contains("; waiting for it"), "Kafka missed", PATIENCE);
        broker.restart();
        Desk.awaitThat(() -> isRestored(cluster), "a checkpoint gone on from", PATIENCE);

        desk.trade("100");
        desk.intent("after", "1");
        Desk.awaitThat(
            () -> desk.all(Topic.RISK_DECISIONS).size() > answered, "an answer", PATIENCE);
        List<JsonNode> decisions = desk.await(Topic.RISK_DECISIONS, answered + 1);
        assertThat(decisions.stream().map(one -> one.path("intent_id").asText()).distinct())
            .hasSize(answered + 1)
            .contains("after");
        assertThat(configurations(desk)).containsKeys("firm", "other");
        assertThat(configurations(desk).values())
            .as("folded once")
            .allMatch(seqs -> seqs.size() == 1);
      }
    }
  }

  private FlinkCluster application(KafkaSettings kafka) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("gate.yaml"),
            Desk.RISK
                + "kafka: {bootstrap: \"%s\", topic_prefix: \"%s\"}\n"
                    .formatted(kafka.bootstrap(), kafka.topicPrefix()));
    FlinkProfile profile = new FlinkProfile(Path.of("../flink-conf/staging"));
    return FlinkCluster.start(
        ClusterPlan.bound(profile.configuration(GIVEN), folder.resolve("flink"), 1, 1)
            .running(List.of(RiskGateJob.class.getName(), "--config", config.toString())));
  }

  /** Deletes what {@code risk.inputs} holds, as its retention does, once a checkpoint has it. */
  private void deleteOnceFolded(KafkaSettings kafka) throws Exception {
    try (Admin admin = Admin.create(kafka.client())) {
      String topic = kafka.nameOf(Topic.RISK_INPUTS);
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (int partition = 0; partition < Topic.RISK_INPUTS.partitions(); partition++) {
        asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
      Map<TopicPartition, RecordsToDelete> folded = new HashMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((one, end) -> folded.put(one, RecordsToDelete.beforeOffset(end.offset())));
      long before = newestCheckpoint();
      // One may have begun before the offsets were asked for.
      Desk.awaitThat(() -> newestCheckpoint() >= before + 2, "two more checkpoints", PATIENCE);
      admin.deleteRecords(folded).all().get();
    }
  }

  private long newestCheckpoint() {
    try (Stream<Path> files = Files.walk(folder.resolve("flink/checkpoints"))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .map(file -> file.getParent().getFileName().toString().replace("chk-", ""))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(0);
    } catch (IOException | UncheckedIOException deletedMeanwhile) {
      return 0;
    }
  }

  /** Whether its one job has gone on from a checkpoint. */
  private static boolean isRestored(FlinkCluster cluster) {
    String url = "http://" + cluster.restAddress() + "/jobs";
    for (JsonNode job : ask(url).path("jobs")) {
      JsonNode checkpoints = ask(url + "/" + job.path("id").asText() + "/checkpoints");
      if (checkpoints.at("/latest/restored").isObject()) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode ask(String url) {
    try (InputStream answer = URI.create(url).toURL().openStream()) {
      return Desk.json(answer.readAllBytes());
    } catch (IOException notYet) {
      return MissingNode.getInstance();
    }
  }

  /** The sequence numbers under which each group's journal has a configuration. */
  private static Map<String, Set<Long>> configurations(Desk desk) {
    Map<String, Set<Long>> found = new HashMap<>();
    for (byte[] value : desk.all(Topic.RISK_JOURNAL)) {
      JsonNode line = Desk.json(value);
      if (line.at("/input/type").asText().equals("config")) {
        found
            .computeIfAbsent(line.path("group").asText(), group -> new HashSet<>())
            .add(line.path("seq").asLong());
      }
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notYet) {
      return "";
    }
  }
}
