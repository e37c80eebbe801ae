package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.stack.KnownProcess;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A gate that runs, as {@code run.json} in its folder tells others until it is closed.
 *
 * @param folder the gate's
 * @param ui address of Flink's web UI
 * @param bootstrap of its Kafka
 * @param topicPrefix of its topics
 */
public record RunRecord(
    Path folder, KnownProcess process, String ui, String bootstrap, String topicPrefix)
    implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "run.json";

  /** Tells of a gate in this process. */
  public static RunRecord publish(Path folder, String ui, KafkaSettings kafka) throws IOException {
    RunRecord record =
        new RunRecord(
            folder,
            KnownProcess.of(ProcessHandle.current()),
            ui,
            kafka.bootstrap(),
            kafka.topicPrefix());
    record.write();
    return record;
  }

  /** The gate that runs in a folder on that Kafka; empty where none does. */
  public static Optional<RunRecord> running(Path folder, KafkaSettings kafka) {
    try {
      JsonNode json = JSON.readTree(Files.readString(folder.resolve(FILE)));
      RunRecord known =
          new RunRecord(
              folder,
              new KnownProcess(
                  json.required("pid").longValue(),
                  Instant.parse(json.required("started_at").textValue())),
              json.required("ui").textValue(),
              json.required("bootstrap").textValue(),
              json.required("topic_prefix").textValue());
      boolean isOfThatKafka =
          known.bootstrap.equals(kafka.bootstrap())
              && known.topicPrefix.equals(kafka.topicPrefix());
      return isOfThatKafka && known.process.running().isPresent()
          ? Optional.of(known)
          : Optional.empty();
    } catch (IOException | RuntimeException unreadable) {
      // It is only an address to show; whether a gate is alive its heartbeats tell.
      return Optional.empty();
    }
  }

  private void write() throws IOException {
    String json =
        JSON.createObjectNode()
            .put("pid", process.pid())
            .put("started_at", process.startedAt().toString())
            .put("ui", ui)
            .put("bootstrap", bootstrap)
            .put("topic_prefix", topicPrefix)
            .toPrettyString();
    Path next = folder.resolve(FILE + ".next");
    Files.writeString(next, json + System.lineSeparator());
    Files.move(
        next,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      // It names a process that is about to end, which its readers notice.
    }
  }
}
