package io.sluice.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import com.sun.management.ThreadMXBean;
import io.sluice.domain.scoring.Calibration;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.ModelFile;
import io.sluice.domain.scoring.training.Judgement;
import io.sluice.scoring.LightGbmTrainer.Rows;
import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.LightGbmTrainer.Trees;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LightGbmTest {
  private static final ModelFile FILE = new ModelFile("pooled.txt", "");
  private static Trees trees;

  @BeforeAll
  static void train() {
    trees = Trained.trees();
  }

  private static LightGbmPredictor predictor() {
    return new LightGbmPredictor(FILE, trees.model(), 3);
  }

  private static FeatureRows row(Rows rows, int i) {
    FeatureRows row = new FeatureRows(3, 1);
    System.arraycopy(rows.values(), 3 * i, row.next(), 0, 3);
    return row;
  }

  @Test
  void findsWhatIsThereAndNotWhatIsNot() {
    Rows unseen = Trained.rows(2_000, 3);
    LightGbmPredictor predictor = predictor();
    double[] said = new double[unseen.isUp().length];
    for (int i = 0; i < said.length; i++) {
      said[i] = predictor.probability(row(unseen, i));
    }
    // The best there is has 0.8: a fifth of the rows go the other way.
    assertThat(new Judgement(said, unseen.isUp()).auc()).isBetween(0.77, 0.82);
    assertThat(trees.gain()[0]).isGreaterThan(20 * Math.max(trees.gain()[1], trees.gain()[2]));
    assertThat(trees.rounds()).isBetween(2, 59);
  }

  @Test
  void aSingleRowIsPredictedAsLightGbmPredictsMany() {
    Rows unseen = Trained.rows(500, 4);
    double[] many = many(unseen);
    LightGbmPredictor predictor = predictor();
    for (int i = 0; i < many.length; i++) {
      assertThat(predictor.probability(row(unseen, i))).isEqualTo(many[i]);
    }
  }

  private static double[] many(Rows rows) {
    SWIGTYPE_p_int rounds = lightgbmlib.new_intp();
    String text = new String(trees.model(), StandardCharsets.UTF_8);
    SWIGTYPE_p_void booster =
        LightGbm.made(
            "load", made -> lightgbmlib.LGBM_BoosterLoadModelFromString(text, rounds, made));
    SWIGTYPE_p_double values = lightgbmlib.new_doubleArray(rows.values().length);
    for (int i = 0; i < rows.values().length; i++) {
      lightgbmlib.doubleArray_setitem(values, i, rows.values()[i]);
    }
    double[] predicted = new double[rows.isUp().length];
    SWIGTYPE_p_double results = lightgbmlib.new_doubleArray(predicted.length);
    LightGbm.check(
        lightgbmlib.LGBM_BoosterPredictForMat(
            booster,
            lightgbmlib.double_to_voidp_ptr(values),
            lightgbmlibConstants.C_API_DTYPE_FLOAT64,
            predicted.length,
            3,
            1,
            lightgbmlibConstants.C_API_PREDICT_NORMAL,
            0,
            -1,
            "",
            lightgbmlib.new_int64_tp(),
            results),
        "predict");
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = lightgbmlib.doubleArray_getitem(results, i);
    }
    return predicted;
  }

  @Test
  void theSameRowsGiveTheSameBytes() {
    assertThat(Trained.trees().model()).isEqualTo(trees.model());
  }

  /** The contributions and what is expected of no row add up to the log odds. */
  @Test
  void contributionsAddUp() {
    Rows unseen = Trained.rows(100, 5);
    LightGbmPredictor predictor = predictor();
    double base = Double.NaN;
    for (int i = 0; i < 100; i++) {
      FeatureRows row = row(unseen, i);
      double[] parts = predictor.contributions(row);
      double rest =
          Calibration.Platt.logOdds(predictor.probability(row)) - parts[0] - parts[1] - parts[2];
      base = i == 0 ? rest : base;
      assertThat(parts).hasSize(3);
      assertThat(rest).isCloseTo(base, within(1e-9));
    }
  }

  @Test
  void aPredictionMakesNoGarbage() {
    LightGbmPredictor predictor = predictor();
    FeatureRows row = row(Trained.rows(1, 6), 0);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      sum += predictor.probability(row);
    }
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10_000; i++) {
      sum += predictor.probability(row);
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(sum).isPositive();
    assertThat(allocated).isLessThan(10_000);
  }

  @Test
  void twoTasksHaveOneEach() {
    LightGbmPredictor one = predictor();
    LightGbmPredictor other = predictor();
    FeatureRows row = row(Trained.rows(1, 7), 0);
    assertThat(one.probability(row)).isEqualTo(other.probability(row));
  }

  @Test
  void trainingEndsWhenItsWatcherSaysSo() {
    List<Integer> rounds = new ArrayList<>();
    Trees few =
        LightGbmTrainer.train(
            Trained.FEATURES,
            Trained.rows(500, 8),
            Trained.rows(500, 9),
            Settings.DEFAULT,
            (round, logLoss) -> {
              rounds.add(round);
              return round < 3;
            });
    assertThat(rounds).containsExactly(1, 2, 3);
    assertThat(few.rounds()).isBetween(1, 3);
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertThatThrownBy(
            () -> new LightGbmPredictor(FILE, "tree\n".getBytes(StandardCharsets.UTF_8), 3))
        .hasMessageContaining("pooled.txt is no LightGBM model in text form with objective=binary");
    assertThatThrownBy(() -> new LightGbmPredictor(FILE, trees.model(), 4))
        .hasMessageContaining("pooled.txt has trees over 3 features, model.json names 4");
  }

  /** The library would end the process. */
  @Test
  void aModelThatIsNotWholeIsRefused() {
    String text = new String(trees.model(), StandardCharsets.UTF_8);
    for (String torn :
        new String[] {
          text.replace("num_leaves=", "leaves="),
          text.replaceFirst("\nthreshold=", "\nlimit="),
          text.replaceFirst("tree_sizes=\\d+", "tree_sizes=12"),
          text.replaceFirst("tree_sizes=\\d+", "tree_sizes=x"),
          text.substring(0, text.length() / 2),
          text.replace("\ntree_sizes=", "\nsizes="),
        }) {
      assertThatThrownBy(
              () -> new LightGbmPredictor(FILE, torn.getBytes(StandardCharsets.UTF_8), 3))
          .hasMessageContaining("the file pooled.txt is not whole at tree ");
    }
  }

  @Test
  void whereTheOpenMpRuntimeIsMissingItSaysWhatToInstall() {
    assertThat(
            LightGbm.refusal(
                "/tmp/lib_lightgbm.so: libgomp.so.1: cannot open shared object file:\nNo such file"))
        .doesNotContain("\n")
        .contains("the OpenMP runtime is missing")
        .contains("apt-get install libgomp1");
    assertThat(LightGbm.refusal("there is no lightgbm4j/windows/aarch64/lib_lightgbm.dll"))
        .contains("it needs Linux or macOS on x86-64 or ARM");
  }
}
