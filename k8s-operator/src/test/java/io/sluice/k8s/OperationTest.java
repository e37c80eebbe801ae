package io.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.jobs.config.ConfigurationCheck;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests promise who operates the gate. */
class OperationTest {
  @TempDir Path folder;

  static Stream<JsonNode> deployments() {
    return ManifestSchemaTest.deployments();
  }

  static Stream<String> overlays() {
    return Manifests.OVERLAYS.stream();
  }

  private static JsonNode container(JsonNode podTemplate) {
    JsonNode containers = podTemplate.at("/spec/containers");
    assertThat(containers).hasSize(1);
    assertThat(containers.get(0).path("name").asText()).isEqualTo("flink-main-container");
    return containers.get(0);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void anUpgradeGoesOnFromASavepointAndForgetsNothing(JsonNode deployment) {
    JsonNode job = deployment.at("/spec/job");
    assertThat(job.path("upgradeMode").asText()).isEqualTo("savepoint");
    assertThat(job.path("allowNonRestoredState").isBoolean()).isTrue();
    assertThat(job.path("allowNonRestoredState").booleanValue()).isFalse();
    JsonNode flink = deployment.at("/spec/flinkConfiguration");
    assertThat(flink.path("job.autoscaler.enabled").asText()).isEqualTo("false");
    assertThat(flink.path("kubernetes.operator.deployment.rollback.enabled").asText())
        .isEqualTo("false");
    assertThat(flink.path("kubernetes.operator.job.restart.failed").asText()).isEqualTo("false");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void aPodHasNoRightThatItDoesNotNeed(JsonNode deployment) {
    JsonNode template = deployment.at("/spec/podTemplate");
    JsonNode pod = template.at("/spec/securityContext");
    assertThat(pod.path("runAsNonRoot").booleanValue()).isTrue();
    assertThat(pod.path("runAsUser").intValue()).isPositive();
    assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    JsonNode container = container(template).path("securityContext");
    assertThat(container.path("allowPrivilegeEscalation").isBoolean()).isTrue();
    assertThat(container.path("allowPrivilegeEscalation").booleanValue()).isFalse();
    assertThat(container.path("readOnlyRootFilesystem").booleanValue()).isTrue();
    assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(template.at("/spec/enableServiceLinks").isBoolean()).isTrue();
    assertThat(template.at("/spec/enableServiceLinks").booleanValue()).isFalse();
    assertThat(deployment.at("/spec/mode").asText())
        .as("the operator makes the pods, the job may not")
        .isEqualTo("standalone");
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void thePodsMayTouchNothingButConfigMaps(String overlay) {
    JsonNode rules = Manifests.of(overlay, "Role", "sluice").path("rules");
    assertThat(rules).hasSize(1);
    assertThat(rules.get(0).path("resources")).hasSize(1);
    assertThat(rules.get(0).at("/resources/0").asText()).isEqualTo("configmaps");
    JsonNode binding = Manifests.of(overlay, "RoleBinding", "sluice");
    assertThat(binding.at("/roleRef/name").asText()).isEqualTo("sluice");
    deploymentsOf(overlay)
        .forEach(
            deployment ->
                assertThat(deployment.at("/spec/serviceAccount").asText())
                    .isEqualTo(binding.at("/subjects/0/name").asText()));
  }

  private static List<JsonNode> deploymentsOf(String overlay) {
    return Manifests.of(overlay).stream()
        .filter(each -> each.path("kind").asText().equals("FlinkDeployment"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void noSecretStandsInAManifest(String overlay) {
    for (JsonNode resource : Manifests.of(overlay)) {
      assertThat(resource.path("kind").asText()).isNotEqualTo("Secret");
    }
    for (JsonNode deployment : deploymentsOf(overlay)) {
      Set<String> references = new TreeSet<>();
      for (JsonNode variable : container(deployment.at("/spec/podTemplate")).path("env")) {
        assertThat(variable.has("value")).as(variable.toString()).isFalse();
        references.add(variable.at("/valueFrom/secretKeyRef/name").asText());
      }
      assertThat(references).contains("sluice-kafka", "sluice-s3");
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void everyProcessIsProbedAndScraped(JsonNode deployment) {
    JsonNode ports = container(deployment.at("/spec/podTemplate")).path("ports");
    int metrics = ports.get(0).path("containerPort").intValue();
    assertThat(deployment.at("/spec/flinkConfiguration/metrics.reporter.prom.port").asInt())
        .isEqualTo(metrics);
    for (String role : List.of("jobManager", "taskManager")) {
      JsonNode probed = container(deployment.at("/spec/" + role + "/podTemplate"));
      int port = role.equals("jobManager") ? 8081 : metrics;
      for (String probe : List.of("startupProbe", "livenessProbe")) {
        assertThat(probed.at("/" + probe + "/httpGet/port").intValue()).isEqualTo(port);
      }
      assertThat(
              probed.at("/livenessProbe/periodSeconds").intValue()
                  * probed.at("/livenessProbe/failureThreshold").intValue())
          .as("a pause of the collector, or a checkpoint, is no death: a minute at least")
          .isGreaterThanOrEqualTo(60);
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void whatIsSelectedIsThere(String overlay) {
    JsonNode labels = deploymentsOf(overlay).get(0).at("/spec/podTemplate/metadata/labels");
    for (String pointer : List.of("NetworkPolicy:/spec/podSelector", "PodMonitor:/spec/selector")) {
      String[] at = pointer.split(":");
      JsonNode selector = Manifests.of(overlay, at[0], "sluice").at(at[1] + "/matchLabels");
      assertThat(selector.properties()).isNotEmpty();
      for (Map.Entry<String, JsonNode> label : selector.properties()) {
        assertThat(labels.path(label.getKey())).isEqualTo(label.getValue());
      }
    }
    JsonNode monitor = Manifests.of(overlay, "PodMonitor", "sluice");
    assertThat(monitor.at("/spec/podMetricsEndpoints/0/port").asText()).isEqualTo("metrics");
    JsonNode policy = Manifests.of(overlay, "NetworkPolicy", "sluice");
    assertThat(policy.at("/spec/policyTypes")).hasSize(2);
    for (JsonNode from : policy.at("/spec/ingress")) {
      assertThat(from.path("from")).as("nobody is let in whom no rule names").isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theImageHasATagAndNoRegistryOfOurs(String overlay) {
    for (JsonNode deployment : deploymentsOf(overlay)) {
      assertThat(deployment.at("/spec/image").asText())
          .matches("sluice-job:[0-9]+\\.[0-9]+\\.[0-9]+");
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theConfigurationIsRightAndReached(String overlay) throws IOException {
    JsonNode map = Manifests.of(overlay, "ConfigMap", "sluice-configuration");
    assertThat(map.at("/metadata/name").asText())
        .as("another content is another name, and so another deployment")
        .matches("sluice-configuration-[a-z0-9]{10}");
    Path file = Files.writeString(folder.resolve("gate.yaml"), map.at("/data/gate.yaml").asText());
    ConfigurationCheck check = ConfigurationCheck.of(file, Map.of(), false);
    assertThat(check.faults()).isEmpty();
    assertThat(check.warnings()).isEmpty();
    JobConfiguration configuration = ConfigurationFile.readJob(file);
    assertThat(configuration.archive()).isPresent();
    Set<String> referred = new HashSet<>();
    configuration.kafka().properties().values().stream()
        .filter(value -> value.startsWith("${env:"))
        .forEach(value -> referred.add(value.substring(6, value.length() - 1)));
    for (JsonNode deployment : deploymentsOf(overlay)) {
      JsonNode template = deployment.at("/spec/podTemplate");
      assertThat(template.at("/spec/volumes/0/configMap/name")).isEqualTo(map.at("/metadata/name"));
      JsonNode mount = container(template).at("/volumeMounts/0");
      assertThat(mount.path("name")).isEqualTo(template.at("/spec/volumes/0/name"));
      assertThat(deployment.at("/spec/job/args/1").asText())
          .isEqualTo(mount.path("mountPath").asText() + "/gate.yaml");
      assertThat(container(template).path("env").findValuesAsText("name")).containsAll(referred);
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void thereIsASlotForEachGateAndInProductionASpare(String overlay) {
    JsonNode spec = Manifests.of(overlay, "FlinkDeployment", "sluice-gate").path("spec");
    int parallelism = spec.at("/job/parallelism").intValue();
    int slots =
        spec.at("/taskManager/replicas").intValue()
            * spec.at("/flinkConfiguration/taskmanager.numberOfTaskSlots").asInt();
    assertThat(parallelism).isBetween(1, Topic.RISK_INPUTS.partitions());
    assertThat(slots).isEqualTo(overlay.equals("dev") ? parallelism : parallelism + 1);
    if (overlay.equals("production")) {
      assertThat(spec.at("/jobManager/replicas").intValue()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void aJobIsAMainClassThatTheJarHas(JsonNode deployment) throws Exception {
    JsonNode job = deployment.at("/spec/job");
    Class<?> main = Class.forName(job.path("entryClass").asText());
    assertThat(main.getMethod("main", String[].class)).isNotNull();
    assertThat(job.path("args").get(0).asText()).isEqualTo("--config");
    assertThat(Files.readString(Manifests.FOLDER.resolve("../cluster/pom.xml")))
        .contains("/" + Path.of(job.path("jarURI").asText()).getFileName() + "</outputFile>");
  }

  @Test
  void theDockerfileMakesTheImageThatTheManifestsRun() throws IOException {
    String dockerfile = Files.readString(Manifests.FOLDER.resolve("Dockerfile"));
    JsonNode spec = Manifests.of("production", "FlinkDeployment", "sluice-gate").path("spec");
    assertThat(dockerfile)
        .contains("ARG FLINK_IMAGE=flink:2.3.0-java17\n")
        .contains(spec.at("/job/jarURI").asText().replace("local://", ""))
        .contains("COPY --chown=root:root --chmod=0444 cluster/target/sluice-job.jar")
        .contains("cluster/target/lib/ /opt/flink/lib/")
        .contains("flink-s3-fs-presto-")
        .contains("install -y --no-install-recommends libgomp1")
        .contains("\nUSER " + spec.at("/podTemplate/spec/securityContext/runAsUser").asText());
  }

  @Test
  void everyFileIsDocumented() throws IOException {
    String doc = Files.readString(Manifests.FOLDER.resolve("../docs/kubernetes.md"));
    try (Stream<Path> files = Files.walk(Manifests.FOLDER.resolve("base"))) {
      List<String> names =
          files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
      assertThat(names).isNotEmpty().allMatch(name -> doc.contains("`base/" + name + "`"));
    }
    for (String overlay : Manifests.OVERLAYS) {
      assertThat(doc).contains("| `" + overlay + "` |");
    }
    assertThat(doc).contains("`savepoint.yaml`", "`Dockerfile`", "Blue/green");
  }
}
