package io.sluice.cli.training;

import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.training.TrainingPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A parameter of training that is searched for, in a range whose ends count. */
public enum SearchedParameter {
  LEAVES("--leaves", 4, 128, true, true, plan -> plan.settings().leaves()),
  LEAF_ROWS("--leaf-rows", 5, 200, true, true, plan -> plan.settings().leafRows()),
  RATE("--rate", 0.005, 0.3, true, false, plan -> plan.settings().rate()),
  FEATURE_FRACTION(
      "--feature-fraction", 0.3, 1, false, false, plan -> plan.settings().featureFraction()),
  BAGGING_FRACTION(
      "--bagging-fraction", 0.3, 1, false, false, plan -> plan.settings().baggingFraction()),
  FEATURES("--features", 4, 80, true, true, TrainingPlan::mostFeatures);

  /** Digits that a value has, so that it can be written on a command line. */
  private static final MathContext DIGITS = new MathContext(3);

  private final String option;
  private final double least;
  private final double most;
  private final boolean isByFactors;
  private final boolean isWhole;
  private final ToDoubleFunction<TrainingPlan> of;

  SearchedParameter(
      String option,
      double least,
      double most,
      boolean isByFactors,
      boolean isWhole,
      ToDoubleFunction<TrainingPlan> of) {
    this.option = option;
    this.least = least;
    this.most = most;
    this.isByFactors = isByFactors;
    this.isWhole = isWhole;
    this.of = of;
  }

  /** By which {@code ./sluice train} knows it. */
  public String option() {
    return option;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  /** Its value at a place from 0 to 1 in its range. */
  double at(double place) {
    double value =
        isByFactors ? least * StrictMath.pow(most / least, place) : least + place * (most - least);
    double within = Math.min(most, Math.max(least, value));
    return isWhole ? StrictMath.rint(within) : new BigDecimal(within).round(DIGITS).doubleValue();
  }

  double valueIn(TrainingPlan plan) {
    return of.applyAsDouble(plan);
  }

  /** Where in its range a plan has it, from 0 to 1 if it is inside. */
  double placeIn(TrainingPlan plan) {
    double value = valueIn(plan);
    return isByFactors
        ? StrictMath.log(value / least) / StrictMath.log(most / least)
        : (value - least) / (most - least);
  }

  /** The values at places, by the names of their options. */
  static Map<String, Double> values(double[] places) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (SearchedParameter parameter : values()) {
      values.put(parameter.option, parameter.at(places[parameter.ordinal()]));
    }
    return values;
  }

  /** A plan with these values. */
  static TrainingPlan applied(TrainingPlan usual, Map<String, Double> values) {
    Settings settings = usual.settings();
    return usual.with(
        new Settings(
            values.get(LEAVES.option).intValue(),
            values.get(RATE.option),
            values.get(FEATURE_FRACTION.option),
            values.get(BAGGING_FRACTION.option),
            settings.baggingEvery(),
            values.get(LEAF_ROWS.option).intValue(),
            settings.rounds(),
            settings.patience()),
        values.get(FEATURES.option).intValue());
  }

  /** A value of it as a command line has it. */
  String text(double value) {
    return isWhole ? String.valueOf((int) value) : String.valueOf(value);
  }
}
