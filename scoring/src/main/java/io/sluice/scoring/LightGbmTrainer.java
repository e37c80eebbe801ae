package io.sluice.scoring;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_float;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Boosts trees, on one thread and with fixed seeds: the same rows give the same bytes. */
public final class LightGbmTrainer {
  private static final String FAILED = "LightGBM cannot train";

  /** The kind of importance that counts what splits have gained. */
  private static final int GAIN = 1;

  /**
   * What the trees may be like.
   *
   * @param leaves of a tree at most
   * @param rate by which a tree corrects the ones before it
   * @param featureFraction the part of the features that a tree may look at
   * @param baggingFraction the part of the rows that a tree is grown from
   * @param baggingEvery after how many rounds that part is drawn anew
   * @param leafRows rows of a leaf at least
   * @param rounds trees at most
   * @param patience rounds without a better log loss of the validation rows after which it ends
   */
  public record Settings(
      int leaves,
      double rate,
      double featureFraction,
      double baggingFraction,
      int baggingEvery,
      int leafRows,
      int rounds,
      int patience) {
    public static final Settings DEFAULT = new Settings(31, 0.05, 0.9, 0.8, 5, 20, 1_000, 50);

    private String parameters() {
      return "objective=binary metric=binary_logloss boosting=gbdt deterministic=true"
          + " force_row_wise=true num_threads=1 seed=7 verbosity=-1 num_leaves="
          + leaves
          + " learning_rate="
          + rate
          + " feature_fraction="
          + featureFraction
          + " bagging_fraction="
          + baggingFraction
          + " bagging_freq="
          + baggingEvery
          + " min_data_in_leaf="
          + leafRows;
    }
  }

  /**
   * Rows to learn from.
   *
   * @param values row by row, NaN where a feature is absent
   * @param isUp their labels
   */
  public record Rows(double[] values, boolean[] isUp) {}

  /**
   * Trees.
   *
   * @param model in LightGBM's text form, up to the best round
   * @param rounds how many that is
   * @param logLoss of the validation rows at it
   * @param gain what each feature brought
   */
  public record Trees(byte[] model, int rounds, double logLoss, double[] gain) {}

  /** Watches the rounds, and may end them. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * @param round from 1 on
     * @param logLoss of the validation rows
     * @return whether it goes on
     */
    boolean on(int round, double logLoss);
  }

  private final Settings settings;
  private final SWIGTYPE_p_void learned;
  private final SWIGTYPE_p_void judged;
  private final SWIGTYPE_p_void booster;
  private final int width;

  private LightGbmTrainer(List<String> features, Rows train, Rows validation, Settings settings) {
    this.settings = settings;
    width = features.size();
    learned = dataset(train, null);
    String[] names = features.stream().map(LightGbmTrainer::plain).toArray(String[]::new);
    check(lightgbmlib.LGBM_DatasetSetFeatureNames(learned, names, width));
    judged = dataset(validation, learned);
    booster =
        LightGbm.made(
            FAILED, made -> lightgbmlib.LGBM_BoosterCreate(learned, settings.parameters(), made));
    check(lightgbmlib.LGBM_BoosterAddValidData(booster, judged));
  }

  /**
   * @param features names, the columns of the rows
   * @param validation what tells when to stop; it is not learned from
   * @throws io.sluice.domain.scoring.BundleException where LightGBM fails, saying why
   */
  public static Trees train(
      List<String> features, Rows train, Rows validation, Settings settings, Watcher watcher) {
    LightGbm.load();
    LightGbmTrainer trainer = new LightGbmTrainer(features, train, validation, settings);
    try {
      return trainer.boost(watcher);
    } finally {
      lightgbmlib.LGBM_BoosterFree(trainer.booster);
      lightgbmlib.LGBM_DatasetFree(trainer.judged);
      lightgbmlib.LGBM_DatasetFree(trainer.learned);
    }
  }

  /**
   * Finds out whether it can train here at all.
   *
   * @throws io.sluice.domain.scoring.BundleException where not: why, and what to install
   */
  public static void require() {
    LightGbm.load();
  }

  private static void check(int answer) {
    LightGbm.check(answer, FAILED);
  }

  private SWIGTYPE_p_void dataset(Rows rows, SWIGTYPE_p_void reference) {
    int count = rows.isUp().length;
    SWIGTYPE_p_double values = lightgbmlib.new_doubleArray(rows.values().length);
    SWIGTYPE_p_float labels = lightgbmlib.new_floatArray(count);
    try {
      for (int i = 0; i < rows.values().length; i++) {
        lightgbmlib.doubleArray_setitem(values, i, rows.values()[i]);
      }
      for (int i = 0; i < count; i++) {
        lightgbmlib.floatArray_setitem(labels, i, rows.isUp()[i] ? 1 : 0);
      }
      SWIGTYPE_p_void dataset =
          LightGbm.made(
              FAILED,
              made ->
                  lightgbmlib.LGBM_DatasetCreateFromMat(
                      lightgbmlib.double_to_voidp_ptr(values),
                      lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                      count,
                      width,
                      1,
                      settings.parameters(),
                      reference,
                      made));
      check(
          lightgbmlib.LGBM_DatasetSetField(
              dataset,
              "label",
              lightgbmlib.float_to_voidp_ptr(labels),
              count,
              lightgbmlibConstants.C_API_DTYPE_FLOAT32));
      return dataset;
    } finally {
      lightgbmlib.delete_doubleArray(values);
      lightgbmlib.delete_floatArray(labels);
    }
  }

  private Trees boost(Watcher watcher) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int round = 1;
        round <= settings.rounds() && round - best <= settings.patience();
        round++) {
      boolean isFinished = grow();
      double logLoss = logLoss();
      if (logLoss < least) {
        least = logLoss;
        best = round;
      }
      if (isFinished || !watcher.on(round, logLoss)) {
        break;
      }
    }
    return new Trees(model(best), best, least, gain(best));
  }

  /** Grows a tree; whether none could be grown. */
  private boolean grow() {
    SWIGTYPE_p_int isFinished = lightgbmlib.new_intp();
    try {
      check(lightgbmlib.LGBM_BoosterUpdateOneIter(booster, isFinished));
      return lightgbmlib.intp_value(isFinished) != 0;
    } finally {
      lightgbmlib.delete_intp(isFinished);
    }
  }

  /** Of the validation rows. */
  private double logLoss() {
    SWIGTYPE_p_int count = lightgbmlib.new_intp();
    SWIGTYPE_p_double measured = lightgbmlib.new_doubleArray(1);
    try {
      check(lightgbmlib.LGBM_BoosterGetEval(booster, 1, count, measured));
      return lightgbmlib.doubleArray_getitem(measured, 0);
    } finally {
      lightgbmlib.delete_doubleArray(measured);
      lightgbmlib.delete_intp(count);
    }
  }

  private byte[] model(int rounds) {
    SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    try {
      String text =
          lightgbmlib.LGBM_BoosterSaveModelToStringSWIG(booster, 0, rounds, GAIN, 1 << 20, length);
      return text.getBytes(StandardCharsets.UTF_8);
    } finally {
      lightgbmlib.delete_int64_tp(length);
    }
  }

  private double[] gain(int rounds) {
    SWIGTYPE_p_double gained = lightgbmlib.new_doubleArray(width);
    try {
      check(lightgbmlib.LGBM_BoosterFeatureImportance(booster, rounds, GAIN, gained));
      double[] gain = new double[width];
      for (int i = 0; i < width; i++) {
        gain[i] = lightgbmlib.doubleArray_getitem(gained, i);
      }
      return gain;
    } finally {
      lightgbmlib.delete_doubleArray(gained);
    }
  }

  /** LightGBM's text form has no room for white space and for JSON's signs in a name. */
  private static String plain(String feature) {
    return feature.replaceAll("[^\\w.@-]", "_");
  }
}
