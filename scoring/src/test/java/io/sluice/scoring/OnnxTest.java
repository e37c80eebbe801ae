package io.sluice.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.scoring.FeatureRows;
import io.sluice.domain.scoring.ModelFile;
import org.junit.jupiter.api.Test;

class OnnxTest {
  private static final ModelFile FILE = new ModelFile("sequence.onnx", "");

  /** Means of 2 and 1: the first feature counts up, the second to 99 in hundredths about one. */
  private static FeatureRows rows() {
    FeatureRows rows = new FeatureRows(2, FeatureRows.SEQUENCE);
    for (int i = 0; i < 150; i++) {
      double[] row = rows.next();
      row[0] = i < 50 ? 1e6 : 1.01 + 0.02 * (i - 50);
      row[1] = 1;
    }
    return rows;
  }

  @Test
  void theLastHundredRowsBecomeAProbability() {
    OnnxPredictor two =
        new OnnxPredictor(FILE, TinyNetwork.of(100, new float[] {0, 1}, new float[] {0.5f, 0}), 2);
    // Logits 0.5 and 2.
    assertThat(two.probability(rows())).isCloseTo(1 / (1 + Math.exp(-1.5)), within(1e-6));
    assertThat(two.probability(rows())).isEqualTo(two.probability(rows()));
    assertThat(two.contributions(rows())).isNull();
  }

  @Test
  void ofThreeClassesTheLevelOneCountsByHalf() {
    OnnxPredictor three =
        new OnnxPredictor(
            FILE, TinyNetwork.of(100, new float[] {0, 0, 1}, new float[] {1, 0.5f, 0}), 2);
    double down = Math.exp(1);
    double level = Math.exp(0.5);
    double up = Math.exp(2);
    assertThat(three.probability(rows()))
        .isCloseTo((up + level / 2) / (down + level + up), within(1e-6));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    OnnxPredictor sure =
        new OnnxPredictor(FILE, TinyNetwork.of(100, new float[] {0, 1e30f}, new float[] {0, 0}), 2);
    assertThat(sure.probability(rows())).isEqualTo(1);
  }

  @Test
  void anAbsentFeatureTheNetworkCannotTakeIsNoProbability() {
    OnnxPredictor two =
        new OnnxPredictor(FILE, TinyNetwork.of(100, new float[] {0, 1}, new float[] {0.5f, 0}), 2);
    FeatureRows rows = rows();
    rows.next()[0] = Double.NaN;
    assertThat(two.probability(rows)).isNaN();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    byte[] network = TinyNetwork.of(100, new float[] {0, 1}, new float[] {0.5f, 0});
    assertThatThrownBy(() -> new OnnxPredictor(FILE, network, 3))
        .hasMessageContaining("the network sequence.onnx takes ")
        .hasMessageContaining("expected floats of the shape [1, 100, 3]");
    assertThatThrownBy(() -> new OnnxPredictor(FILE, TinyNetwork.of(50, new float[] {0, 1}), 1))
        .hasMessageContaining("expected floats of the shape [1, 100, 1]");
    assertThatThrownBy(
            () -> new OnnxPredictor(FILE, TinyNetwork.of(100, new float[] {0, 1, 2, 3}), 1))
        .hasMessageContaining("expected floats of the shape [1, 2] or [1, 3]");
    assertThatThrownBy(() -> new OnnxPredictor(FILE, new byte[] {1, 2, 3}, 1))
        .hasMessageContaining("the file sequence.onnx does not load: ");
  }
}
