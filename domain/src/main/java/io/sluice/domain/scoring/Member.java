package io.sluice.domain.scoring;

/**
 * One of the models that a bundle's score is put together from.
 *
 * @param name by which the weights know it
 * @param files what it is loaded from
 */
public record Member(String name, Kind kind, PerRegime<ModelFile> files) {
  /** What reads the files. */
  public enum Kind {
    /** Boosted trees in LightGBM's text form, over the newest row. */
    LIGHTGBM,
    /** A network in ONNX form, over the last {@link FeatureRows#SEQUENCE} rows. */
    ONNX
  }
}
