package io.sluice.jobs.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a replay that can be resumed: what it replays ({@code run.json}), Flink's
 * checkpoints, and the output so far. It is empty again once the results are published.
 */
final class CheckpointFolder {
  private final Path folder;

  CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  Path parts() {
    return folder.resolve("parts");
  }

  private Path run() {
    return folder.resolve("run.json");
  }

  /** Begins a new run; refuses a folder in which one is unfinished. */
  void begin(String inputs, String configuration) throws IOException {
    if (Files.exists(run())) {
      throw new ReplayException(
          folder
              + " holds an unfinished replay: go on with --resume, or name another --checkpoint-dir");
    }
    try {
      Files.createDirectories(checkpoints());
      Files.createDirectories(parts());
      JsonWriter json = new JsonWriter();
      json.beginObject()
          .name("inputs")
          .value(inputs)
          .name("configuration")
          .value(configuration)
          .endObject();
      Files.write(run(), json.toBytes());
    } catch (IOException e) {
      throw new ReplayException(
          folder + " cannot be written (" + e.getMessage() + "): name a folder that can");
    }
  }

  /**
   * Checks that what is resumed is what was begun; returns the newest checkpoint, or empty where
   * none was completed.
   */
  Optional<Path> resume(String inputs, String configuration) throws IOException {
    if (!Files.exists(run())) {
      throw new ReplayException(
          folder + " holds no unfinished replay: leave --resume out to begin one");
    }
    ObjectNode begun;
    try {
      begun = StrictJson.trusted(Files.readAllBytes(run()));
    } catch (UnreadableException e) {
      throw new ReplayException(
          run() + " does not read (" + e.getMessage() + "): begin again in another folder");
    }
    if (!inputs.equals(begun.path("inputs").textValue())) {
      throw new ReplayException(
          "the input files are not those the replay in "
              + folder
              + " was begun with: give the same files, in the same order");
    }
    if (!configuration.equals(begun.path("configuration").textValue())) {
      throw new ReplayException(
          "the configuration is not the one the replay in "
              + folder
              + " was begun with: give the same --config");
    }
    return Checkpoints.newestIn(checkpoints());
  }

  /** Removes everything that was put into the folder. */
  void clear() throws IOException {
    delete(checkpoints());
    delete(parts());
    Files.deleteIfExists(run());
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
