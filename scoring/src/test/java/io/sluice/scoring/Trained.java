package io.sluice.scoring;

import io.sluice.scoring.LightGbmTrainer.Rows;
import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.LightGbmTrainer.Trees;
import java.util.List;
import java.util.Random;

/** Trees of rows whose first feature says what becomes of them, four times out of five. */
final class Trained {
  static final List<String> FEATURES = List.of("signal", "noise", "sometimes");

  private static final Settings SETTINGS = new Settings(7, 0.1, 0.9, 0.8, 5, 20, 60, 10);

  private Trained() {}

  static Rows rows(int count, long seed) {
    double[] values = new double[count * FEATURES.size()];
    boolean[] up = new boolean[count];
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      values[3 * i] = random.nextGaussian();
      values[3 * i + 1] = random.nextGaussian();
      values[3 * i + 2] = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian();
      up[i] = values[3 * i] > 0 == random.nextInt(5) > 0;
    }
    return new Rows(values, up);
  }

  static Trees trees() {
    return LightGbmTrainer.train(
        FEATURES, rows(3_000, 1), rows(1_000, 2), SETTINGS, (round, logLoss) -> true);
  }
}
