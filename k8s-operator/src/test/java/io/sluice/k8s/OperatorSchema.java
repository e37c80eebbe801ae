package io.sluice.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The operator's own schema of one of its resources, from the CRD that its jar carries. The API
 * server prunes what a schema does not know, without a word; here it is a fault.
 */
final class OperatorSchema {
  private final Schema schema;

  private OperatorSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * @param plural as in the name of the CRD, such as {@code flinkdeployments}
   */
  static OperatorSchema of(String plural) {
    String name = "META-INF/fabric8/" + plural + ".flink.apache.org-v1.yml";
    try (InputStream crd = OperatorSchema.class.getClassLoader().getResourceAsStream(name)) {
      JsonNode version = Manifests.YAML.readTree(crd).at("/spec/versions/0");
      ObjectNode root = (ObjectNode) version.at("/schema/openAPIV3Schema");
      ((ObjectNode) root.path("properties"))
          .putObject("apiVersion")
          .put("const", "flink.apache.org/" + version.path("name").asText());
      ((ObjectNode) root.path("properties")).putObject("kind").put("type", "string");
      ((ObjectNode) root.path("properties")).putObject("metadata").put("type", "object");
      close(root);
      return new OperatorSchema(
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root));
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Allows no property that is not listed, as far as the schema does not say otherwise. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    schema.forEach(OperatorSchema::close);
  }

  /** What is wrong with a resource. */
  List<String> faults(JsonNode resource) {
    return schema.validate(resource).stream().map(Object::toString).toList();
  }
}
