package io.sluice.domain.scoring;

/** A member of a model, loaded: of one task, and called by its thread only. */
public interface Predictor {
  /**
   * The probability that the label is up, as the member says it.
   *
   * @param rows at least one; absent features are NaN
   * @return from 0 to 1; NaN where the member cannot tell
   */
  double probability(FeatureRows rows);

  /**
   * What each feature of the newest row adds to the log odds of up.
   *
   * @return in the bundle's order; null where the member does not tell
   */
  default double[] contributions(FeatureRows rows) {
    return null;
  }
}
