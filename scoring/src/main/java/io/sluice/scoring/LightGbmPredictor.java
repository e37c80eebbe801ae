package io.sluice.scoring;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.Predictor;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;

/**
 * Boosted trees over the newest row. What a prediction needs is set up once, so that one makes no
 * garbage and starts no thread. The native memory is freed when nobody has the predictor any more.
 */
final class LightGbmPredictor implements Predictor {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final String ONE_THREAD = "num_threads=1";

  private final SWIGTYPE_p_void probability;
  private final SWIGTYPE_p_void contributions;
  private final SWIGTYPE_p_long_long length;
  private final SWIGTYPE_p_double result;

  /**
   * @param width how many features a row has
   * @throws BundleException where these are not trees of such rows
   */
  LightGbmPredictor(ModelFile file, byte[] model, int width) {
    String text = new String(model, StandardCharsets.UTF_8);
    LightGbmText.check(file, text);
    LightGbm.load();
    Native made = new Native(width);
    CLEANER.register(this, made);
    length = made.length;
    result = made.result;
    made.booster = booster(file, text);
    require(file, made.booster, width);
    probability = made.config(lightgbmlibConstants.C_API_PREDICT_NORMAL, width);
    made.probability = probability;
    contributions = made.config(lightgbmlibConstants.C_API_PREDICT_CONTRIB, width);
    made.contributions = contributions;
  }

  private static SWIGTYPE_p_void booster(ModelFile file, String text) {
    SWIGTYPE_p_int rounds = lightgbmlib.new_intp();
    try {
      return LightGbm.made(
          "the file " + file.name() + " does not load",
          made -> lightgbmlib.LGBM_BoosterLoadModelFromString(text, rounds, made));
    } finally {
      lightgbmlib.delete_intp(rounds);
    }
  }

  private static void require(ModelFile file, SWIGTYPE_p_void booster, int width) {
    SWIGTYPE_p_int features = lightgbmlib.new_intp();
    try {
      LightGbm.check(lightgbmlib.LGBM_BoosterGetNumFeature(booster, features), file.name());
      int actual = lightgbmlib.intp_value(features);
      if (actual != width) {
        throw new BundleException(
            "the file "
                + file.name()
                + " has trees over "
                + actual
                + " features, model.json names "
                + width
                + "; they are not of one training");
      }
    } finally {
      lightgbmlib.delete_intp(features);
    }
  }

  @Override
  public double probability(FeatureRows rows) {
    predict(rows, probability);
    return lightgbmlib.doubleArray_getitem(result, 0);
  }

  @Override
  public double[] contributions(FeatureRows rows) {
    predict(rows, contributions);
    double[] parts = new double[rows.width()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = lightgbmlib.doubleArray_getitem(result, i);
    }
    return parts;
  }

  private void predict(FeatureRows rows, SWIGTYPE_p_void config) {
    LightGbm.check(
        lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastCriticalSWIG(
            rows.newest(), config, length, result),
        "LightGBM cannot predict");
  }

  /** What is not of the Java heap; knows nothing of the predictor, which could not go else. */
  private static final class Native implements Runnable {
    private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    private final SWIGTYPE_p_double result;
    private SWIGTYPE_p_void booster;
    private SWIGTYPE_p_void probability;
    private SWIGTYPE_p_void contributions;

    private Native(int width) {
      // The contributions, and what is expected of no row.
      result = lightgbmlib.new_doubleArray(width + 1L);
    }

    private SWIGTYPE_p_void config(int kind, int width) {
      return LightGbm.made(
          "LightGBM cannot be set up",
          made ->
              lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
                  booster,
                  kind,
                  0,
                  -1,
                  lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                  width,
                  ONE_THREAD,
                  made));
    }

    @Override
    public void run() {
      for (SWIGTYPE_p_void config : new SWIGTYPE_p_void[] {probability, contributions}) {
        if (config != null) {
          lightgbmlib.LGBM_FastConfigFree(config);
        }
      }
      if (booster != null) {
        lightgbmlib.LGBM_BoosterFree(booster);
      }
      lightgbmlib.delete_doubleArray(result);
      lightgbmlib.delete_int64_tp(length);
    }
  }
}
