package io.sluice.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.json.Sha256;
import io.sluice.domain.market.Regime;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Calibration;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.Member;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.PerRegime;
import io.sluice.domain.scoring.Probe;
import io.sluice.domain.scoring.Reference;
import io.sluice.domain.scoring.ReferenceBins;
import io.sluice.domain.scoring.Thresholds;
import io.sluice.domain.scoring.Training;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleLoaderTest {
  private static final ReferenceBins ALL = new ReferenceBins(new double[0], new double[] {1, 0});
  private static final byte[] TREES = Trained.trees().model();
  private static final byte[] NETWORK =
      TinyNetwork.of(100, new float[] {0, 1}, new float[] {0, 0}, new float[] {0, 0});

  private static final double[] PROBE = {0.5, 0, 1};

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    ModelBundle unprobed = bundle(new Probe(PROBE, 0), NETWORK);
    Map<String, byte[]> files = Map.of("pooled.txt", TREES, "sequence.onnx", NETWORK);
    Model model = new BundleLoader("unprobed", files::get).loadUnprobed(unprobed);
    FeatureRows rows = model.newRows();
    for (int i = 0; i < FeatureRows.SEQUENCE; i++) {
      System.arraycopy(PROBE, 0, rows.next(), 0, PROBE.length);
    }
    writeBundle(new Probe(PROBE, model.probability(rows, null)), NETWORK);
  }

  private void writeBundle(Probe probe, byte[] network) throws IOException {
    Files.write(folder.resolve("pooled.txt"), TREES);
    Files.write(folder.resolve("sequence.onnx"), network);
    Files.write(folder.resolve("model.json"), bundle(probe, network).toJson());
  }

  private static ModelBundle bundle(Probe probe, byte[] network) {
    ModelFile trees = new ModelFile("pooled.txt", Sha256.hex(TREES));
    ModelFile sequence = new ModelFile("sequence.onnx", Sha256.hex(network));
    return new ModelBundle(
        "direction",
        "1",
        Trained.FEATURES,
        ModelBundle.schemaHash(Trained.FEATURES),
        new Label(Label.Kind.FORWARD_RETURN, 1_000_000, 0),
        List.of(
            new Member("trees", Member.Kind.LIGHTGBM, new PerRegime<>(trees, Map.of())),
            new Member("sequence", Member.Kind.ONNX, new PerRegime<>(sequence, Map.of()))),
        new PerRegime<>(
            Map.of("trees", 0.5, "sequence", 0.5), Map.of(Regime.VOLATILE, Map.of("trees", 1.0))),
        new Calibration.Platt(-1, 0),
        new Thresholds(0.6, 0.01, -0.01),
        new Training(0, 1, 1, Map.of()),
        new Reference(List.of(ALL, ALL, ALL), new double[] {1, 1, 1}, 100),
        probe);
  }

  private Model load() {
    BundleLoader loader =
        new BundleLoader("models/direction", name -> Files.readAllBytes(folder.resolve(name)));
    return loader.load(loader.bundle());
  }

  @Test
  void aBundleScores() {
    Model model = load();
    FeatureRows rows = model.newRows();
    for (int i = 0; i < FeatureRows.SEQUENCE; i++) {
      rows.next()[0] = 2;
    }
    double both = model.probability(rows, Regime.NORMAL);
    double trees = model.probability(rows, Regime.VOLATILE);
    double network = 2 * both - trees;
    assertThat(trees).isBetween(0.6, 0.9);
    assertThat(network).isBetween(0.88, 0.8809);
    assertThat(model.contributions(rows, Regime.NORMAL)[0]).isPositive();
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("sequence.onnx"));
    assertThatThrownBy(this::load)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the file sequence.onnx is missing in the bundle models/direction");
    Files.delete(folder.resolve("model.json"));
    assertThatThrownBy(this::load)
        .hasMessageContaining("the file model.json is missing in the bundle models/direction");
  }

  @Test
  void aFileThatWasChangedIsNamed() throws IOException {
    byte[] changed = TREES.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(folder.resolve("pooled.txt"), changed);
    assertThatThrownBy(this::load)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("models/direction: the file pooled.txt has the SHA-256 ")
        .hasMessageContaining(", expected " + Sha256.hex(TREES));
  }

  @Test
  void aProbeThatScoresNaNIsRefused() throws IOException {
    float[] none = {Float.NaN, Float.NaN};
    writeBundle(new Probe(PROBE, 0.5), TinyNetwork.of(100, none, none, none));
    assertThatThrownBy(this::load)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the probe row scores NaN, expected 0.5");
  }

  @Test
  void aFolderThatCannotBeReadSaysWhy() {
    BundleLoader broken =
        new BundleLoader(
            "models/direction",
            name -> {
              throw new IOException("no route to host");
            });
    assertThatThrownBy(broken::bundle).hasMessageContaining("cannot be read: no route to host");
    BundleLoader gone =
        new BundleLoader(
            "models/direction",
            name -> {
              throw new NoSuchFileException(name);
            });
    assertThatThrownBy(gone::bundle).hasMessageContaining("model.json is missing");
  }

  @Test
  void aProbeThatScoresOtherwiseIsRefused() throws IOException {
    writeBundle(new Probe(PROBE, 0.01), NETWORK);
    assertThatThrownBy(this::load)
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("models/direction: the probe row scores ")
        .hasMessageContaining(", expected 0.01");
  }

  /**
   * Flink gives every start of a task a class loader of its own: with the libraries in the job's
   * jar they are loaded again, beside those that the task before has loaded.
   */
  @Test
  void aRestartedTaskLoadsItAgain() throws Exception {
    double first = scoredByAnotherClassLoader();
    assertThat(scoredByAnotherClassLoader()).isEqualTo(first);
    assertThat(Scored.of(folder)).isEqualTo(first);
  }

  private double scoredByAnotherClassLoader() throws Exception {
    URL[] classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(BundleLoaderTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader task =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Class<?> scored = Class.forName(Scored.class.getName(), true, task);
      assertThat(scored).isNotSameAs(Scored.class);
      return (double) scored.getMethod("of", Path.class).invoke(null, folder);
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a task does with a bundle. */
  public static final class Scored {
    private Scored() {}

    public static double of(Path folder) {
      BundleLoader loader =
          new BundleLoader("again", name -> Files.readAllBytes(folder.resolve(name)));
      Model model = loader.load(loader.bundle());
      FeatureRows rows = model.newRows();
      for (int i = 0; i < FeatureRows.SEQUENCE; i++) {
        rows.next()[0] = -1;
      }
      return model.probability(rows, null);
    }
  }
}
