package io.sluice.benchmarks;

import io.sluice.domain.market.Regime;
import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.Label;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.training.TradePath;
import io.sluice.scoring.BundleLoader;
import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.TrainedModel;
import io.sluice.scoring.training.TrainingPlan;
import io.sluice.scoring.training.TrainingRun;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a score costs: a row of 40 features, each of which says a little, through 200 trees. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class ScoreBenchmark {
  private static final int WIDTH = 40;
  private static final int ROWS = 4_000;
  private static final int TREES = 200;
  private static final long SECOND_US = 1_000_000;

  private Model model;
  private FeatureRows[] rows;
  private int at;

  @Setup
  public void train() {
    TrainingPlan plan =
        new TrainingPlan(
            "benchmark",
            new Label(Label.Kind.FORWARD_RETURN, SECOND_US, 0),
            new Settings(31, 0.01, 0.9, 0.8, 5, 20, TREES, TREES),
            TrainingPlan.VALIDATION,
            TrainingPlan.TEST,
            0,
            WIDTH,
            ROWS,
            TrainingPlan.MIN_CONFIDENCE);
    Dataset data = data();
    TrainedModel trained = TrainingRun.train(data, plan, step -> {});
    BundleLoader loader = new BundleLoader("benchmark", trained.files()::get);
    model = loader.load(trained.bundle());
    int[] kept = trained.bundle().features().stream().mapToInt(data.features()::indexOf).toArray();
    rows = new FeatureRows[256];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = model.newRows();
      double[] row = rows[i].next();
      for (int feature = 0; feature < kept.length; feature++) {
        row[feature] = data.rows()[i][kept[feature]];
      }
    }
  }

  private static Dataset data() {
    Random random = new Random(1);
    double[][] rows = new double[ROWS][WIDTH];
    long[] times = new long[ROWS];
    double[] prices = new double[ROWS];
    double price = 1_000;
    for (int i = 0; i < ROWS; i++) {
      double sum = random.nextGaussian();
      for (int feature = 0; feature < WIDTH; feature++) {
        rows[i][feature] = random.nextGaussian();
        sum += rows[i][feature] / 4;
      }
      times[i] = i * SECOND_US;
      prices[i] = price;
      price *= sum > 0 ? 1.001 : 1 / 1.001;
    }
    List<String> names = IntStream.range(0, WIDTH).mapToObj(i -> "feature_" + i).toList();
    return new Dataset(
        names,
        names,
        rows,
        new Regime[ROWS],
        IntStream.range(0, ROWS).toArray(),
        new TradePath(times, prices));
  }

  @Benchmark
  public double score() {
    at = (at + 1) % rows.length;
    return model.probability(rows[at], Regime.NORMAL);
  }
}
