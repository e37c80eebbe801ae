package io.sluice.scoring;

import io.sluice.domain.json.Sha256;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Member;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.Predictor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Loads models from the files of bundles, wherever those lie. */
public final class BundleLoader {
  /** Files of a folder, by name. */
  @FunctionalInterface
  public interface Files {
    byte[] read(String name) throws IOException;
  }

  private final String folder;
  private final Files files;

  /**
   * @param folder its name, for what is said of it
   */
  public BundleLoader(String folder, Files files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * What the folder's {@code model.json} says.
   *
   * @throws BundleException where it is missing or cannot be used
   */
  public ModelBundle bundle() {
    return ModelBundle.read(folder + "/" + ModelBundle.FILE, bytes(ModelBundle.FILE));
  }

  /**
   * The same, where it is the very file that somebody has looked at.
   *
   * @param sha256 in hex
   * @throws BundleException where it is another one
   */
  public ModelBundle bundle(String sha256) {
    byte[] json = bytes(ModelBundle.FILE);
    String actual = Sha256.hex(json);
    if (!actual.equals(sha256)) {
      throw new BundleException(
          "the file "
              + ModelBundle.FILE
              + " of the bundle "
              + folder
              + " has the SHA-256 "
              + actual
              + ", expected "
              + sha256
              + "; it was changed since it was published: publish it anew");
    }
    return ModelBundle.read(folder + "/" + ModelBundle.FILE, json);
  }

  /**
   * The model of a bundle of this folder, for one task. Its files are checked by their hashes, and
   * it has scored the probe row.
   *
   * @throws BundleException where it cannot be used
   */
  public Model load(ModelBundle bundle) {
    Model model = loadUnprobed(bundle);
    try {
      model.probe();
      return model;
    } catch (BundleException e) {
      throw in(folder, e);
    }
  }

  /** The same without looking at the probe row. */
  public Model loadUnprobed(ModelBundle bundle) {
    try {
      return Model.of(bundle, (member, file) -> predictor(bundle, member, file));
    } catch (BundleException e) {
      throw in(folder, e);
    }
  }

  private static BundleException in(String folder, BundleException e) {
    return new BundleException(folder + ": " + e.getMessage(), e);
  }

  private Predictor predictor(ModelBundle bundle, Member member, ModelFile file) {
    byte[] bytes = bytes(file.name());
    file.check(bytes);
    int width = bundle.features().size();
    return switch (member.kind()) {
      case LIGHTGBM -> new LightGbmPredictor(file, bytes, width);
      case ONNX -> new OnnxPredictor(file, bytes, width);
    };
  }

  private byte[] bytes(String name) {
    try {
      return files.read(name);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new BundleException(
          "the file " + name + " is missing in the bundle " + folder + "; copy all of it");
    } catch (IOException e) {
      throw new BundleException(
          "the file " + name + " of the bundle " + folder + " cannot be read: " + e.getMessage(),
          e);
    }
  }
}
