package io.sluice.scoring.training;

import io.sluice.domain.scoring.Label;
import io.sluice.scoring.LightGbmTrainer.Settings;

/**
 * How a model is to be made.
 *
 * @param name of the model
 * @param label what it is to foresee
 * @param settings of the trees
 * @param validation the part of the rows before the test that tells when to stop, and what the
 *     calibration is fitted to
 * @param test the last part of the rows, that nothing is fitted to
 * @param embargoUs for how long after the rows it is judged by a model does not learn
 * @param mostFeatures how many it may have
 * @param regimeRows rows of a regime from which it gets trees of its own
 * @param minConfidence from which it buys or sells
 */
public record TrainingPlan(
    String name,
    Label label,
    Settings settings,
    double validation,
    double test,
    long embargoUs,
    int mostFeatures,
    int regimeRows,
    double minConfidence) {
  public static final double VALIDATION = 0.2;
  public static final double TEST = 0.25;
  public static final int MOST_FEATURES = 40;
  public static final int REGIME_ROWS = 2_000;
  public static final double MIN_CONFIDENCE = 0.55;

  /** The same with other trees over another number of features. */
  public TrainingPlan with(Settings other, int features) {
    return new TrainingPlan(
        name, label, other, validation, test, embargoUs, features, regimeRows, minConfidence);
  }
}
