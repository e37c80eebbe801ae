package io.sluice.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was deployed together once: the build, its configuration, the state that it went on from,
 * and the archive's schema beside it.
 *
 * @param number from 1 on, in the state folder
 * @param at when it was submitted
 * @param by the command that did it: {@code run}, {@code submit}, {@code resume}, {@code rollback
 *     to N}
 * @param person the user of that process
 * @param configuration the file that was named
 * @param configurationSha256 of that file as it was, hex; a copy is kept
 * @param variables the environment variables that set keys beside the file
 * @param topicPrefix of its topics
 * @param parallelism of market states and gates
 * @param from the checkpoint or savepoint; null for the first record of {@code risk.inputs}
 * @param isArchived whether an archive was started with it
 */
public record Deployment(
    int number,
    Instant at,
    String by,
    String person,
    Build build,
    String configuration,
    String configurationSha256,
    Map<String, String> variables,
    String topicPrefix,
    int parallelism,
    String from,
    boolean isArchived) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Deployment {
    variables = Map.copyOf(variables);
  }

  /** Whether it decides as another one does: the same build under the same configuration. */
  boolean isAs(Deployment other) {
    return Objects.equals(build, other.build)
        && configurationSha256.equals(other.configurationSha256)
        && variables.equals(other.variables);
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("deployment", number).put("at", at.toString()).put("by", by).put("person", person);
    ObjectNode ofBuild =
        json.putObject("build")
            .put("jar_sha256", build.jarSha256())
            .put("group_state", build.groupState())
            .put("market_state", build.marketState())
            .put("rule_set", build.ruleSet())
            .put("archive_schema", build.schema());
    new TreeMap<>(build.serializers()).forEach(ofBuild.putObject("serializers")::put);
    new TreeSet<>(build.operators()).forEach(ofBuild.putArray("operators")::add);
    json.put("configuration", configuration).put("configuration_sha256", configurationSha256);
    new TreeMap<>(variables).forEach(json.putObject("variables")::put);
    json.put("topic_prefix", topicPrefix).put("parallelism", parallelism).put("from", from);
    return json.put("archived", isArchived).toPrettyString() + System.lineSeparator();
  }

  /**
   * @throws IOException where it is no JSON
   * @throws IllegalArgumentException where a field is missing or something else
   */
  static Deployment read(String text) throws IOException {
    JsonNode json = JSON.readTree(text);
    JsonNode build = json.required("build");
    Map<String, String> variables = new TreeMap<>();
    json.required("variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    // Records of earlier builds have neither.
    Map<String, Integer> serializers = new TreeMap<>();
    build
        .path("serializers")
        .properties()
        .forEach(each -> serializers.put(each.getKey(), each.getValue().intValue()));
    Set<String> operators = new TreeSet<>();
    build.path("operators").forEach(uid -> operators.add(uid.asText()));
    return new Deployment(
        json.required("deployment").intValue(),
        Instant.parse(json.required("at").asText()),
        json.required("by").asText(),
        json.required("person").asText(),
        new Build(
            build.required("jar_sha256").textValue(),
            build.required("group_state").intValue(),
            build.required("market_state").intValue(),
            build.required("rule_set").intValue(),
            build.required("archive_schema").intValue(),
            serializers,
            operators),
        json.required("configuration").asText(),
        json.required("configuration_sha256").asText(),
        variables,
        json.required("topic_prefix").asText(),
        json.required("parallelism").intValue(),
        json.required("from").textValue(),
        json.required("archived").booleanValue());
  }
}
