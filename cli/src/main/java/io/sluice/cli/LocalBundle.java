package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.scoring.BundleLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model bundle on this machine that can be used: its files are what its {@code model.json} says,
 * and it makes of its probe row what it is to make of it.
 *
 * @param sha256 of its {@code model.json}, in hex
 */
record LocalBundle(Path folder, ModelBundle bundle, String sha256) {
  /**
   * @throws io.sluice.domain.scoring.BundleException where it cannot be used
   */
  static LocalBundle of(Path folder) {
    BundleLoader loader =
        new BundleLoader(folder.toString(), name -> Files.readAllBytes(folder.resolve(name)));
    ModelBundle bundle = loader.bundle();
    loader.load(bundle);
    return new LocalBundle(folder, bundle, sha256(folder));
  }

  private static String sha256(Path folder) {
    try {
      return Sha256.hex(Files.readAllBytes(folder.resolve(ModelBundle.FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of the command that publishes it for a model of the configuration. */
  ObjectNode publish(String model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", model)
        .put("version", bundle.version())
        .put("bundle", folder.toAbsolutePath().normalize().toString())
        .put("sha256", sha256);
  }
}
