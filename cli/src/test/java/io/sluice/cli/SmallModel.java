package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/** Bundles of one model of bars of a second, which trades every second or two. */
public final class SmallModel {
  private static final Path ORIGINAL =
      Path.of("src/test/resources/bundles/state-1-rules-2-everything");

  private SmallModel() {}

  /** A version of it in a folder of its own. */
  public static Path write(Path folder, String version) throws IOException {
    return write(folder, version, model -> {});
  }

  /**
   * @param change of what {@code model.json} says
   */
  public static Path write(Path folder, String version, Consumer<ObjectNode> change)
      throws IOException {
    Path bundle = Files.createDirectories(folder.resolve(version)).toAbsolutePath();
    Files.copy(
        ORIGINAL.resolve("pooled.txt"),
        bundle.resolve("pooled.txt"),
        StandardCopyOption.REPLACE_EXISTING);
    ObjectMapper json = new ObjectMapper();
    ObjectNode model = (ObjectNode) json.readTree(ORIGINAL.resolve("model.json").toFile());
    model.put("version", version);
    model.withObject("/label").put("horizon_ms", 1_000);
    change.accept(model);
    json.writeValue(bundle.resolve("model.json").toFile(), model);
    return bundle;
  }
}
