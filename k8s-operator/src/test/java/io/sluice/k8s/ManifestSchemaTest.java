package io.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkStateSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest is one that its API knows, to the last field. */
class ManifestSchemaTest {
  private static final OperatorSchema DEPLOYMENT = OperatorSchema.of("flinkdeployments");
  private static final OperatorSchema SNAPSHOT = OperatorSchema.of("flinkstatesnapshots");
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private static final Map<String, Class<?>> CLASSES =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
          "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
          "flink.apache.org/v1beta1 FlinkDeployment", FlinkDeployment.class);

  static Stream<JsonNode> resources() {
    return Manifests.OVERLAYS.stream().flatMap(overlay -> Manifests.of(overlay).stream());
  }

  /** The newest API jar that there is ends at 1.20; Flink 2.3 needs operator 1.15. */
  private static JsonNode asTheJarKnowsIt(JsonNode deployment) {
    assertThat(deployment.at("/spec/flinkVersion").asText()).isEqualTo("v2_3");
    ObjectNode known = deployment.deepCopy();
    ((ObjectNode) known.path("spec")).put("flinkVersion", "v1_20");
    return known;
  }

  @ParameterizedTest
  @MethodSource("resources")
  void aResourceIsOneThatItsClassKnows(JsonNode resource) throws Exception {
    String kind = resource.path("apiVersion").asText() + " " + resource.path("kind").asText();
    assertThat(CLASSES).containsKey(kind);
    boolean isDeployment = kind.endsWith("FlinkDeployment");
    JsonNode known = isDeployment ? asTheJarKnowsIt(resource) : resource;
    Object read = STRICT.treeToValue(known, CLASSES.get(kind));
    assertThat(unknown(STRICT.valueToTree(read), known, "")).isEmpty();
    assertThat(unknownOf(read)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void aDeploymentIsOneThatTheOperatorsSchemaAllows(JsonNode deployment) {
    assertThat(DEPLOYMENT.faults(asTheJarKnowsIt(deployment))).isEmpty();
    JsonNode template = deployment.at("/spec/podTemplate");
    assertThat(template.isObject()).isTrue();
  }

  static Stream<JsonNode> deployments() {
    return resources().filter(each -> each.path("kind").asText().equals("FlinkDeployment"));
  }

  @Test
  void theSavepointIsOneToo() throws IOException {
    List<JsonNode> documents =
        Manifests.documents(Files.readString(Manifests.FOLDER.resolve("savepoint.yaml")));
    assertThat(documents).hasSize(1);
    assertThat(SNAPSHOT.faults(documents.get(0))).isEmpty();
    FlinkStateSnapshot snapshot = STRICT.treeToValue(documents.get(0), FlinkStateSnapshot.class);
    assertThat(snapshot.getSpec().getSavepoint().getDisposeOnDelete()).isFalse();
    JsonNode gate = Manifests.of("production", "FlinkDeployment", "sluice-gate");
    assertThat(gate.at("/metadata/name").asText())
        .isEqualTo(snapshot.getSpec().getJobReference().getName());
  }

  @Test
  void whatIsMisspeltOrOfTheWrongTypeIsAFault() {
    ObjectNode deployment =
        asTheJarKnowsIt(Manifests.of("dev", "FlinkDeployment", "sluice-gate")).deepCopy();
    assertThat(DEPLOYMENT.faults(deployment)).isEmpty();
    ((ObjectNode) deployment.at("/spec/job")).put("upgradeMod", "savepoint");
    ((ObjectNode) deployment.at("/spec/job")).put("parallelism", "two");
    ((ObjectNode) deployment.at("/spec/podTemplate/spec/securityContext")).put("runAsRoot", true);
    ((ObjectNode) deployment.path("spec")).put("mode", "embedded");
    assertThat(DEPLOYMENT.faults(deployment)).hasSize(4);
  }

  /** What was in a manifest and is not in the object that was read from it. */
  private static Map<String, JsonNode> unknown(JsonNode read, JsonNode given, String path) {
    Map<String, JsonNode> unknown = new TreeMap<>();
    given
        .properties()
        .forEach(
            field -> {
              JsonNode value = read.get(field.getKey());
              String at = path + "/" + field.getKey();
              if (value == null) {
                unknown.put(at, field.getValue());
              } else if (field.getValue().isObject()) {
                unknown.putAll(unknown(value, field.getValue(), at));
              }
            });
    return unknown;
  }

  /** What an object of Kubernetes keeps aside because its class does not know it. */
  private static Map<String, Object> unknownOf(Object read) throws ReflectiveOperationException {
    Map<String, Object> unknown = new TreeMap<>();
    collect(read, unknown);
    return unknown;
  }

  private static void collect(Object read, Map<String, Object> unknown)
      throws ReflectiveOperationException {
    if (read instanceof Iterable<?> many) {
      for (Object each : many) {
        collect(each, unknown);
      }
    } else if (read instanceof Map<?, ?> map) {
      for (Object each : map.values()) {
        collect(each, unknown);
      }
    } else if (read != null && isOfAnApi(read.getClass())) {
      for (var method : read.getClass().getMethods()) {
        boolean isGetter = method.getName().startsWith("get") && method.getParameterCount() == 0;
        if (!isGetter || method.getName().equals("getClass")) {
          continue;
        }
        Object value = method.invoke(read);
        if (method.isAnnotationPresent(JsonAnyGetter.class)) {
          ((Map<?, ?>) value)
              .forEach(
                  (key, what) -> unknown.put(read.getClass().getSimpleName() + "." + key, what));
        } else {
          collect(value, unknown);
        }
      }
    }
  }

  private static boolean isOfAnApi(Class<?> type) {
    return !type.isEnum()
        && (type.getName().startsWith("io.fabric8.kubernetes.api.model")
            || type.getName().startsWith("io.fabric8.openshift.api.model")
            || type.getName().startsWith("org.apache.flink.kubernetes.operator.api"));
  }

  @Test
  void aPodIsHeldToItsClassAsWell() throws Exception {
    Pod pod = STRICT.readValue("{\"spec\":{\"containerz\":[]}}", Pod.class);
    assertThat(unknownOf(pod)).containsOnlyKeys("PodSpec.containerz");
  }
}
