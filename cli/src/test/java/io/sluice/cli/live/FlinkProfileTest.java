package io.sluice.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The profiles as they are packaged. */
class FlinkProfileTest {
  private static final Path ALL = Path.of("../flink-conf");

  private static List<String> names() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).map(one -> one.getFileName().toString()).toList();
    }
  }

  private static Configuration profile(String name) {
    return new FlinkProfile(ALL.resolve(name)).configuration(Map.of());
  }

  @ParameterizedTest
  @MethodSource("names")
  void aProfileLosesNothingThatAGateNeedsAndHoldsNoSecret(String name) throws IOException {
    Configuration flink = profile(name);
    assertThat(flink.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    assertThat(flink.get(HeartbeatManagerOptions.HEARTBEAT_INTERVAL)).hasSeconds(2);
    assertThat(flink.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT)).hasSeconds(10);
    assertThat(flink.keySet())
        .noneMatch(key -> key.matches("(?i).*(password|secret|access-key|token).*"));
    assertThat(Files.readString(Path.of("../docs/live.md"))).contains("| `" + name + "` |");
  }

  /** Above it, above a key that it stands beneath, or above the values beside it. */
  @ParameterizedTest
  @MethodSource("names")
  void everyValueHasItsReason(String name) throws IOException {
    Deque<Integer> reasoned = new ArrayDeque<>();
    List<String> without = new ArrayList<>();
    boolean isReason = false;
    int beside = -1;
    for (String line : Files.readAllLines(ALL.resolve(name).resolve("config.yaml"))) {
      int depth = line.length() - line.stripLeading().length();
      if (line.isBlank() || line.strip().startsWith("--")) {
        beside = line.isBlank() ? -1 : beside;
        isReason = false;
        continue;
      }
      if (line.strip().startsWith("#")) {
        isReason = true;
        continue;
      }
      while (!reasoned.isEmpty() && reasoned.peek() >= depth) {
        reasoned.pop();
      }
      boolean isValue = !line.strip().endsWith(":");
      boolean hasReason = isReason || !reasoned.isEmpty() || beside == depth;
      if (isValue && !hasReason) {
        without.add(line.strip());
      }
      if (!isValue && isReason) {
        reasoned.push(depth);
      }
      beside = isValue && hasReason ? depth : -1;
      isReason = false;
    }
    assertThat(without).isEmpty();
  }

  /** What is rehearsed is what is run: they differ in names, folders and sizes only. */
  @Test
  void stagingIsProductionInSmall() {
    Map<String, String> staging = profile("staging").toMap();
    Map<String, String> production = profile("production").toMap();
    assertThat(staging.keySet()).isEqualTo(production.keySet());
    staging.entrySet().removeIf(value -> value.getValue().equals(production.get(value.getKey())));
    assertThat(staging.keySet())
        .containsExactlyInAnyOrder(
            "high-availability.cluster-id",
            "high-availability.storageDir",
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir",
            "jobmanager.memory.process.size",
            "taskmanager.memory.process.size",
            "taskmanager.numberOfTaskSlots");
  }

  /** A task manager to spare: with one gone, gate and archive still find their slots. */
  @ParameterizedTest
  @ValueSource(strings = {"staging", "production"})
  void aTaskManagerIsToSpare(String name) {
    FlinkProfile profile = new FlinkProfile(ALL.resolve(name));
    Configuration flink = profile(name);
    int left = (profile.taskManagers() - 1) * flink.get(TaskManagerOptions.NUM_TASK_SLOTS);
    assertThat(left).isGreaterThanOrEqualTo(2);
    assertThat(flink.get(HighAvailabilityOptions.HA_MODE)).isEqualTo("zookeeper");
    assertThat(flink.get(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT))
        .isLessThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(profile.jobManagers()).isEqualTo(name.equals("production") ? 2 : 1);
  }

  /** The sizes add up, or no process of the cluster would start. */
  @ParameterizedTest
  @ValueSource(strings = {"staging", "production"})
  void memoryAddsUp(String name) {
    Configuration flink = profile(name);
    assertThat(
            TaskExecutorProcessUtils.processSpecFromConfig(flink).getTaskHeapSize().getMebiBytes())
        .isGreaterThan(800);
    assertThat(
            JobManagerProcessUtils.processSpecFromConfig(flink)
                .getJvmHeapMemorySize()
                .getMebiBytes())
        .isGreaterThan(256);
  }

  @Test
  void whatIsGivenCountsBeforeTheProfile() {
    Configuration flink =
        new FlinkProfile(ALL.resolve("local"))
            .configuration(Map.of("execution.checkpointing.interval", "7 s"));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).hasSeconds(7);
    assertThatThrownBy(() -> FlinkProfile.named("nowhere"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no Flink profile nowhere");
  }
}
