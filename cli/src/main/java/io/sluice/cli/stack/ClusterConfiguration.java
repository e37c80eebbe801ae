package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.flink.client.cli.ArtifactFetchOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** What the processes of a cluster on one machine are told, and where they find it. */
final class ClusterConfiguration {
  /** A gate and its archive. */
  private static final int SLOTS = 2;

  private static final String OWNER_ONLY = "rw-------";

  private ClusterConfiguration() {}

  /** A plan's configuration with the addresses and folders of this machine. */
  static Configuration of(ClusterPlan plan) {
    Configuration flink = new Configuration(plan.flink());
    Path folder = plan.folder();
    int rpcPort = FreePort.orAny(0, 0);
    flink.set(JobManagerOptions.ADDRESS, "localhost");
    flink.set(JobManagerOptions.BIND_HOST, "localhost");
    flink.set(JobManagerOptions.PORT, rpcPort);
    flink.set(RestOptions.ADDRESS, "localhost");
    flink.set(RestOptions.BIND_ADDRESS, "localhost");
    flink.set(RestOptions.PORT, FreePort.orAny(0, rpcPort));
    flink.removeConfig(RestOptions.BIND_PORT);
    flink.set(TaskManagerOptions.HOST, "localhost");
    flink.set(TaskManagerOptions.BIND_HOST, "localhost");
    flink.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
    // An application takes a jar of that name which it finds there for its own, however old.
    flink.set(ArtifactFetchOptions.BASE_DIR, folder.resolve("tmp").resolve("artifacts").toString());
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder.resolve("checkpoints")));
    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(folder.resolve("savepoints")));
    flink.set(HighAvailabilityOptions.HA_STORAGE_PATH, uri(folder.resolve("ha")));
    if (!flink.contains(TaskManagerOptions.NUM_TASK_SLOTS)) {
      flink.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
    }
    if (needsZooKeeper(flink)) {
      flink.set(
          HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, "localhost:" + FreePort.orAny(0, rpcPort));
    }
    memory(flink);
    return flink;
  }

  /** Whether it asks for high availability by ZooKeeper, and names no ensemble. */
  static boolean needsZooKeeper(Configuration flink) {
    return "zookeeper".equalsIgnoreCase(flink.get(HighAvailabilityOptions.HA_MODE))
        && !flink.contains(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM);
  }

  private static String uri(Path folder) {
    return folder.toUri().toString();
  }

  /** Where the profile has no sizes: those of a machine that runs all of it. */
  private static void memory(Configuration flink) {
    if (!flink.contains(JobManagerOptions.TOTAL_PROCESS_MEMORY)) {
      orDefault(flink, JobManagerOptions.JVM_HEAP_MEMORY, "384m");
    }
    if (!flink.contains(TaskManagerOptions.TOTAL_PROCESS_MEMORY)) {
      orDefault(flink, TaskManagerOptions.TOTAL_PROCESS_MEMORY, "1280m");
      orDefault(flink, TaskManagerOptions.JVM_METASPACE, "192m");
      orDefault(flink, TaskManagerOptions.JVM_OVERHEAD_MIN, "64m");
      orDefault(flink, TaskManagerOptions.JVM_OVERHEAD_MAX, "128m");
    }
  }

  private static void orDefault(Configuration flink, ConfigOption<MemorySize> option, String size) {
    if (!flink.contains(option)) {
      flink.set(option, MemorySize.parse(size));
    }
  }

  /** The folder in which a cluster's {@code config.yaml} stands. */
  static Path in(Path folder) {
    return folder.resolve("conf");
  }

  /** Writes it; it may hold secrets of the environment, so only its owner reads it. */
  static void write(Configuration flink, Path folder) throws IOException {
    Path conf = Files.createDirectories(in(folder));
    Path file = conf.resolve("config.yaml");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    Files.write(file, ConfigurationUtils.convertConfigToWritableLines(flink, true));
  }
}
