package io.sluice.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The manifests as kubectl renders them. */
final class Manifests {
  static final Path FOLDER = Path.of("").toAbsolutePath();
  static final List<String> OVERLAYS = List.of("dev", "staging", "production");
  static final YAMLMapper YAML = new YAMLMapper();

  private static final Map<String, List<JsonNode>> RENDERED = new ConcurrentHashMap<>();

  private Manifests() {}

  /** The resources of an overlay. */
  static List<JsonNode> of(String overlay) {
    return RENDERED.computeIfAbsent(overlay, Manifests::render);
  }

  /** One resource of an overlay. */
  static JsonNode of(String overlay, String kind, String name) {
    List<JsonNode> found =
        of(overlay).stream()
            .filter(resource -> resource.path("kind").asText().equals(kind))
            .filter(resource -> resource.at("/metadata/name").asText().startsWith(name))
            .toList();
    assertThat(found).as(overlay + " " + kind + " " + name).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> render(String overlay) {
    try {
      assertThat(run(FOLDER.resolve("install").toString())).as("k8s-operator/install").isNotNull();
      return documents(run("kubectl", "kustomize", "overlays/" + overlay));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<JsonNode> documents(String yaml) throws IOException {
    return YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(new YAMLFactory().createParser(yaml))
        .readAll();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("manifests", ".out");
    Path err = Files.createTempFile("manifests", ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as(String.join(" ", command) + ": " + Files.readString(err))
          .isZero();
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }
}
