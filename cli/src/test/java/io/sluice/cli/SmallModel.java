package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.wire.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Bundles of one model, which trades at every bar or two. */
public final class SmallModel {
  private static final Path ORIGINAL =
      Path.of("src/test/resources/bundles/state-1-rules-2-everything");

  private SmallModel() {}

  /** A version of it, of bars of a second, in a folder of its own. */
  public static Path write(Path folder, String version) throws IOException {
    return write(folder, version, model -> {});
  }

  /**
   * @param change of what {@code model.json} says
   */
  public static Path write(Path folder, String version, Consumer<ObjectNode> change)
      throws IOException {
    return write(folder, version, "1s", 1_000, change);
  }

  /** The same of bars of a minute. */
  public static Path ofMinutes(Path folder, String version) throws IOException {
    return write(folder, version, "1m", 60_000, model -> {});
  }

  /** The version that a bundle has. */
  public static String version(Path bundle) {
    try {
      return new ObjectMapper()
          .readTree(bundle.resolve("model.json").toFile())
          .path("version")
          .textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(
      Path folder, String version, String bar, long horizonMs, Consumer<ObjectNode> change)
      throws IOException {
    Path bundle = Files.createDirectories(folder.resolve(version)).toAbsolutePath();
    byte[] trees =
        Files.readString(ORIGINAL.resolve("pooled.txt")).replace("@1s", "@" + bar).getBytes();
    Files.write(bundle.resolve("pooled.txt"), trees);
    ObjectMapper json = new ObjectMapper();
    String original = Files.readString(ORIGINAL.resolve("model.json"));
    ObjectNode model = (ObjectNode) json.readTree(original.replace("@1s", "@" + bar));
    List<String> features = new ArrayList<>();
    model.path("features").forEach(feature -> features.add(feature.textValue()));
    model.put("version", version).put("schema_hash", ModelBundle.schemaHash(features));
    model.withObject("/label").put("horizon_ms", horizonMs);
    ArrayNode members = model.withArray("/members");
    ((ObjectNode) members.at("/0/files/pooled")).put("sha256", Sha256.hex(trees));
    change.accept(model);
    json.writeValue(bundle.resolve("model.json").toFile(), model);
    return bundle;
  }

  /**
   * The command that publishes a bundle for a model, from a time on or, where that is null, now.
   */
  public static Command publication(
      String id, String model, Path bundle, long signedUs, Long effectiveAtUs) throws IOException {
    byte[] json = Files.readAllBytes(bundle.resolve("model.json"));
    return new Command(
        id,
        "PUBLISH_MODEL",
        "firm",
        JsonNodeFactory.instance
            .objectNode()
            .put("model", model)
            .put("version", version(bundle))
            .put("bundle", bundle.toString())
            .put("sha256", Sha256.hex(json)),
        "ann",
        "a test",
        signedUs,
        effectiveAtUs,
        null,
        JsonNodeFactory.instance.arrayNode());
  }
}
