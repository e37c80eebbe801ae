package io.sluice.scoring.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.market.Regime;
import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.training.TradePath;
import io.sluice.scoring.BundleLoader;
import io.sluice.scoring.LightGbmTrainer.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final long SECOND_US = 1_000_000;
  private static final Settings FEW = new Settings(7, 0.1, 0.9, 0.8, 5, 20, 40, 10);
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          "direction",
          new Label(Label.Kind.FORWARD_RETURN, 5 * SECOND_US, 0),
          FEW,
          TrainingPlan.VALIDATION,
          TrainingPlan.TEST,
          10 * SECOND_US,
          2,
          500,
          TrainingPlan.MIN_CONFIDENCE);

  @TempDir Path folder;

  /**
   * A trade a second and a row at each. Every five seconds the price sets out up or down, and stays
   * on its way mostly; the first feature tells which way, where there is anything to be told. In a
   * volatile market it tells the opposite.
   */
  private static Dataset data(int count, boolean isTelling) {
    Random random = new Random(7);
    double[][] rows = new double[count][];
    Regime[] regimes = new Regime[count];
    int[] at = new int[count];
    long[] times = new long[count];
    double[] prices = new double[count];
    boolean[] up = new boolean[count + 6];
    for (int i = 0; i < up.length; i++) {
      up[i] = random.nextBoolean();
    }
    double price = 1_000;
    for (int i = 0; i < count; i++) {
      times[i] = i * SECOND_US;
      prices[i] = price;
      at[i] = i;
      regimes[i] = i / 200 % 2 == 0 ? Regime.NORMAL : Regime.VOLATILE;
      int ahead = 0;
      for (int j = i; j < i + 5; j++) {
        ahead += up[j] ? 1 : -1;
      }
      double sign = regimes[i] == Regime.NORMAL ? 1 : -1;
      double told = isTelling ? sign * ahead + random.nextGaussian() : random.nextGaussian();
      rows[i] =
          new double[] {
            random.nextGaussian(), told, Double.NaN, random.nextGaussian(), random.nextGaussian()
          };
      price *= up[i] ? 1.001 : 1 / 1.001;
    }
    List<String> names = List.of("noise@1s", "told@1s", "never@1s", "other@1s", "third@1s");
    return new Dataset(names, names, rows, regimes, at, new TradePath(times, prices));
  }

  @Test
  void whatCanBeForeseenIsForeseenInEveryRegime() throws Exception {
    List<String> steps = new ArrayList<>();
    TrainedModel trained = TrainingRun.train(data(8_000, true), PLAN, steps::add);
    assertThat(trained.record().hasEdge()).isTrue();
    assertThat(trained.record().model().auc()).isGreaterThan(0.9);
    assertThat(trained.record().model().calibrationError(10)).isLessThan(0.05);
    assertThat(trained.record().signalReturn()).isPositive();
    assertThat(trained.bundle().features())
        .hasSize(2)
        .contains("told@1s")
        .doesNotContain("never@1s");
    assertThat(trained.files()).containsOnlyKeys("pooled.txt", "normal.txt", "volatile.txt");
    assertThat(trained.bundle().version()).hasSize(12);
    assertThat(steps).anyMatch(step -> step.startsWith("rows: "));

    trained.write(folder);
    BundleLoader loader =
        new BundleLoader("direction", name -> Files.readAllBytes(folder.resolve(name)));
    assertThat(loader.bundle()).isEqualTo(trained.bundle());
    Model model = loader.load(loader.bundle());
    assertThat(model.bundle().training().metrics()).containsEntry("edge", 1.0);
    assertThat(Files.readString(folder.resolve(TrainedModel.REPORT)))
        .contains("**There is an edge out of sample:**")
        .contains("| told@1s | 0.")
        .contains("## Calibration");
  }

  @Test
  void whereThereIsNoEdgeItSaysSo() throws Exception {
    TrainedModel trained = TrainingRun.train(data(4_000, false), PLAN, step -> {});
    assertThat(trained.record().hasEdge()).isFalse();
    trained.write(folder);
    assertThat(Files.readString(folder.resolve(TrainedModel.REPORT)))
        .contains("**There is no edge.**");
  }

  @Test
  void theSameDataMakeTheSameBytes() {
    TrainedModel one = TrainingRun.train(data(2_000, true), PLAN, step -> {});
    TrainedModel other = TrainingRun.train(data(2_000, true), PLAN, step -> {});
    assertThat(other.bundle().toJson()).isEqualTo(one.bundle().toJson());
    assertThat(other.files().get("pooled.txt")).isEqualTo(one.files().get("pooled.txt"));
  }

  @Test
  void tooFewRowsAreRefused() {
    assertThatThrownBy(() -> TrainingRun.train(data(150, true), PLAN, step -> {}))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("rows, ")
        .hasMessageContaining("give more trades, or a shorter horizon");
  }
}
