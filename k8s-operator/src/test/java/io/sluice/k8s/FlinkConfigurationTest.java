package io.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flink is told on Kubernetes is what the profile says, and options that there are. */
class FlinkConfigurationTest {
  private static final List<Class<?>> OPTIONS =
      List.of(
          CheckpointingOptions.class,
          CoreOptions.class,
          ExecutionOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          RestartStrategyOptions.class,
          StateBackendOptions.class,
          StateRecoveryOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  /** Of the operator, of a reporter, of the object store: no class of Flink here knows them. */
  private static final List<String> OF_OTHERS =
      List.of("kubernetes.operator.", "job.autoscaler.", "metrics.reporter.prom.", "s3.");

  /** One process a pod needs one port, where many on one machine need a range. */
  private static final Set<String> OTHERWISE = Set.of("metrics.reporter.prom.port");

  static Stream<JsonNode> deployments() {
    return ManifestSchemaTest.deployments();
  }

  private static Map<String, String> told(JsonNode deployment) {
    Map<String, String> told = new TreeMap<>();
    deployment
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(entry -> told.put(entry.getKey(), entry.getValue().textValue()));
    return told;
  }

  private static Map<String, String> profile(JsonNode deployment) {
    String name = deployment.at("/metadata/annotations").path("sluice.io/flink-profile").asText();
    Map<String, String> said =
        new TreeMap<>(
            GlobalConfiguration.loadConfiguration(
                    Manifests.FOLDER.resolve("../flink-conf").resolve(name).toString())
                .toMap());
    assertThat(said).as(name).isNotEmpty();
    return said;
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void everyValueOfTheProfileStandsThere(JsonNode deployment) {
    Map<String, String> said = profile(deployment);
    said.keySet().removeAll(OTHERWISE);
    assertThat(told(deployment)).containsAllEntriesOf(said);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void everythingElseIsWhatKubernetesAdds(JsonNode deployment) {
    Set<String> added = new TreeSet<>(told(deployment).keySet());
    added.removeAll(profile(deployment).keySet());
    added.removeIf(key -> OF_OTHERS.stream().anyMatch(key::startsWith));
    assertThat(added)
        .containsExactlyInAnyOrder(
            "env.java.opts.all",
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir",
            "high-availability.storageDir",
            "high-availability.type",
            "taskmanager.numberOfTaskSlots",
            "web.cancel.enable",
            "web.submit.enable");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void everyKeyIsAnOptionOfFlinkWithAValueItReads(JsonNode deployment) throws Exception {
    Map<String, ConfigOption<?>> options = new TreeMap<>();
    for (Class<?> type : OPTIONS) {
      for (Field field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && field.get(null) instanceof ConfigOption<?> option) {
          options.put(option.key(), option);
        }
      }
    }
    Configuration configuration = Configuration.fromMap(told(deployment));
    for (String key : told(deployment).keySet()) {
      if (OF_OTHERS.stream().noneMatch(key::startsWith)) {
        assertThat(options).containsKey(key);
        assertThat(configuration.getOptional(options.get(key))).as(key).isPresent();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void stateIsKeptWhereEveryPodReachesIt(JsonNode deployment) {
    Map<String, String> told = told(deployment);
    assertThat(told.get("high-availability.type")).isEqualTo("kubernetes");
    Set<String> places =
        Set.of(
            told.get("high-availability.storageDir"),
            told.get("execution.checkpointing.dir"),
            told.get("execution.checkpointing.savepoint-dir"));
    assertThat(places).hasSize(3).allMatch(place -> place.startsWith("s3://sluice-state/"));
    String job = deployment.at("/metadata/name").asText().replace("sluice-", "/");
    assertThat(places).as("each job has its own").allMatch(place -> place.contains(job + "/"));
    assertThat(told)
        .containsKey("s3.endpoint")
        .doesNotContainKeys("s3.access-key", "s3.secret-key");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void thePodsHaveRoomForWhatFlinkTakes(JsonNode deployment) {
    for (String role : List.of("jobManager", "taskManager")) {
      String memory = deployment.at("/spec/" + role + "/resource/memory").asText();
      MemorySize size = MemorySize.parse(memory.replace("Mi", " mb").replace("Gi", " gb"));
      // Metaspace 256 MB, overhead at least 192 MB, network 64 MB, framework 256 MB: the rest is
      // heap.
      assertThat(size).isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(1024));
      assertThat(deployment.at("/spec/" + role + "/resource/cpu").asDouble()).isPositive();
    }
  }
}
