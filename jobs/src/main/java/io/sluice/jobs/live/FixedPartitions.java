package io.sluice.jobs.live;

import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import io.sluice.jobs.kafka.TopicsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How many partitions {@code risk.inputs} had when a gate's state began, kept beside its
 * checkpoints: with another number a group's entries would stand in two partitions, in no order.
 * The state itself knows it too, wherever it is kept; here it is asked before anything is written.
 */
final class FixedPartitions {
  /** The end of a message. */
  static final String WHAT_TO_DO =
      "Restore the topic with as many as it had, or begin anew: topics under another"
          + " kafka.topic_prefix, an empty state folder, books from position snapshots";

  private static final String FILE = "partitions.json";
  private static final String COUNT = "risk_inputs";

  private FixedPartitions() {}

  /**
   * @param folder of the gate, or null where it has none on this machine
   * @param topic the name of {@code risk.inputs}
   * @throws TopicsException where there were more or fewer
   */
  static void require(Path folder, String topic, int partitions) throws IOException {
    if (folder == null) {
      return;
    }
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      keep(file, partitions);
      return;
    }
    long before = kept(file);
    if (before != partitions) {
      throw new TopicsException(
          topic
              + " has "
              + partitions
              + " partitions, expected "
              + before
              + ", as when the state in "
              + folder
              + " began: a group's entries would stand in two partitions, in no order. "
              + WHAT_TO_DO);
    }
  }

  private static long kept(Path file) throws IOException {
    try {
      return new Fields(StrictJson.trusted(Files.readAllBytes(file))).whole(COUNT);
    } catch (UnreadableException e) {
      throw new TopicsException(
          file
              + " does not say how many partitions risk.inputs had ("
              + e.getMessage()
              + "): delete it if they have not changed");
    }
  }

  private static void keep(Path file, int partitions) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(FILE + ".next");
    Files.write(
        next, new JsonWriter().beginObject().name(COUNT).value(partitions).endObject().toBytes());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
