package io.sluice.domain.scoring;

import io.sluice.domain.market.Regime;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Bundles to try things on. */
public final class Bundles {
  static final String HASH = ModelBundle.schemaHash(List.of("a is one", "b is two"));

  private Bundles() {}

  /** Of trees over these features that buys and sells from a half on, for five seconds. */
  public static ModelBundle ofTrees(List<String> features) {
    return ofTrees(features, Map.of());
  }

  /** The same with trees of their own for some regimes. */
  public static ModelBundle ofTrees(List<String> features, Map<Regime, ModelFile> own) {
    ReferenceBins halves = new ReferenceBins(new double[] {0}, new double[] {0.5, 0.5, 0});
    return new ModelBundle(
        "teller",
        "1",
        features,
        ModelBundle.schemaHash(features),
        new Label(Label.Kind.FORWARD_RETURN, 5_000_000L, 0),
        List.of(
            new Member(
                "trees",
                Member.Kind.LIGHTGBM,
                new PerRegime<>(new ModelFile("pooled.txt", "00"), own))),
        new PerRegime<>(Map.of("trees", 1.0), Map.of()),
        new Calibration.Identity(),
        new Thresholds(0.5, 0.003, -0.002),
        new Training(1, 2, 10, Map.of()),
        new Reference(
            Collections.nCopies(features.size(), halves), new double[features.size()], 64),
        new Probe(new double[features.size()], 0.5));
  }

  /** The same, made with other features of the same names. */
  static ModelBundle hashed(String schemaHash, ModelBundle bundle) {
    return new ModelBundle(
        bundle.name(),
        bundle.version(),
        bundle.features(),
        schemaHash,
        bundle.label(),
        bundle.members(),
        bundle.weights(),
        bundle.calibration(),
        bundle.thresholds(),
        bundle.training(),
        bundle.reference(),
        bundle.probe());
  }

  /** The same under another version. */
  public static ModelBundle versioned(String version, ModelBundle bundle) {
    return new ModelBundle(
        bundle.name(),
        version,
        bundle.features(),
        bundle.schemaHash(),
        bundle.label(),
        bundle.members(),
        bundle.weights(),
        bundle.calibration(),
        bundle.thresholds(),
        bundle.training(),
        bundle.reference(),
        bundle.probe());
  }

  static ModelBundle bundle() {
    return bundle(
        new Calibration.Platt(-1.25, 0.1 + 0.2), new Probe(new double[] {1e-9, Double.NaN}, 0.4));
  }

  static ModelBundle bundle(Calibration calibration, Probe probe) {
    return new ModelBundle(
        "direction",
        "3",
        List.of("a", "b"),
        HASH,
        new Label(Label.Kind.TRIPLE_BARRIER, 900_000_000L, 0.004),
        List.of(
            new Member(
                "trees",
                Member.Kind.LIGHTGBM,
                new PerRegime<>(
                    new ModelFile("pooled.txt", "00"),
                    Map.of(Regime.VOLATILE, new ModelFile("volatile.txt", "01")))),
            new Member(
                "sequence",
                Member.Kind.ONNX,
                new PerRegime<>(new ModelFile("sequence.onnx", "02"), Map.of()))),
        new PerRegime<>(
            Map.of("trees", 3.0, "sequence", 1.0), Map.of(Regime.VOLATILE, Map.of("trees", 1.0))),
        calibration,
        new Thresholds(0.6, 0.003, -0.002),
        new Training(1, 2, 10, Map.of("auc", 0.55)),
        new Reference(
            List.of(
                new ReferenceBins(new double[] {0.1, 0.2}, new double[] {0.3, 0.3, 0.4, 0}),
                new ReferenceBins(new double[0], new double[] {0.9, 0.1})),
            new double[] {0.75, 0.25},
            1_000),
        probe);
  }
}
