package io.sluice.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.Regime;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.market.feature.Composition;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.FeatureSchema;
import io.sluice.domain.market.feature.FeatureSet;
import io.sluice.domain.market.feature.TransformKind;
import io.sluice.domain.wire.Side;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final double[] ROW = {0.5, 1};

  /** Trees say the first feature, the volatile regime's one less it; the sequence its mean. */
  private static Predictor load(Member member, ModelFile file) {
    return switch (file.name()) {
      case "pooled.txt" -> tree(1);
      case "volatile.txt" -> tree(-1);
      default ->
          rows -> {
            double sum = 0;
            for (int age = 0; age < FeatureRows.SEQUENCE; age++) {
              sum += rows.aged(age)[1];
            }
            return sum / FeatureRows.SEQUENCE;
          };
    };
  }

  private static Predictor tree(int sign) {
    return new Predictor() {
      @Override
      public double probability(FeatureRows rows) {
        return sign > 0 ? rows.newest()[0] : 1 - rows.newest()[0];
      }

      @Override
      public double[] contributions(FeatureRows rows) {
        return new double[] {sign * rows.newest()[0], 0};
      }
    };
  }

  private static Model loaded(ModelBundle bundle, BiFunction<Member, ModelFile, Predictor> load) {
    Model model = Model.of(bundle, load);
    model.probe();
    return model;
  }

  private static Model model(Calibration calibration, double expected) {
    return loaded(Bundles.bundle(calibration, new Probe(ROW, expected)), ModelTest::load);
  }

  @Test
  void membersAreWeighedByRegime() {
    Model model = model(new Calibration.Identity(), (3 * 0.5 + 1) / 4);
    FeatureRows rows = model.newRows();
    for (int i = 0; i < FeatureRows.SEQUENCE; i++) {
      assertThat(model.probability(rows, null)).isNaN();
      rows.next()[1] = 0.2;
    }
    rows.newest()[0] = 0.9;
    assertThat(model.probability(rows, Regime.NORMAL))
        .isCloseTo((3 * 0.9 + 0.2) / 4, within(1e-15));
    assertThat(model.probability(rows, Regime.VOLATILE)).isCloseTo(0.1, within(1e-15));
    assertThat(model.contributions(rows, Regime.NORMAL)).containsExactly(0.9, 0);
    assertThat(model.contributions(rows, Regime.VOLATILE)).containsExactly(-0.9, 0);
    rows.newest()[0] = Double.NaN;
    assertThat(model.probability(rows, Regime.NORMAL)).isNaN();
  }

  @Test
  void whatTheMembersSayIsCalibrated() {
    Calibration isotonic = new Calibration.Isotonic(new double[] {0, 1}, new double[] {0.4, 0.6});
    Model model = model(isotonic, 0.4 + 0.2 * 0.625);
    assertThat(model.bundle().calibration()).isEqualTo(isotonic);
  }

  @Test
  void aModelThatScoresTheProbeOtherwiseIsRefused() {
    assertThatThrownBy(() -> model(new Calibration.Identity(), 0.62))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("the probe row scores 0.625, expected 0.62");
  }

  @Test
  void aModelThatScoresTheProbeNaNIsRefusedInWhateverRegime() {
    ModelBundle bundle = Bundles.bundle(new Calibration.Identity(), new Probe(ROW, 0.625));
    assertThatThrownBy(() -> loaded(bundle, (member, file) -> rows -> Double.NaN))
        .hasMessageContaining("the probe row scores NaN, expected 0.625");
    assertThatThrownBy(
            () ->
                loaded(
                    bundle,
                    (member, file) ->
                        file.name().equals("volatile.txt")
                            ? rows -> Double.NaN
                            : load(member, file)))
        .hasMessageContaining("the probe row scores NaN in the regime VOLATILE");
  }

  @Test
  void aProbabilityIsAWishFromItsThresholdOn() {
    Thresholds thresholds = new Thresholds(0.6, 0.003, -0.002);
    assertThat(thresholds.side(0.6)).isEqualTo(Side.BUY);
    assertThat(thresholds.side(0.59)).isNull();
    assertThat(thresholds.side(0.41)).isNull();
    assertThat(thresholds.side(0.25)).isEqualTo(Side.SELL);
    assertThat(thresholds.side(Double.NaN)).isNull();
    assertThat(thresholds.expectedReturn(0.6)).isCloseTo(0.001, within(1e-15));
    assertThat(Thresholds.confidence(0.25)).isEqualTo(0.75);
  }

  @Test
  void theLineIsTheContracts() {
    Score score =
        new Score(
            "BITSTAMP:BTCUSD",
            "direction",
            "3",
            false,
            Side.SELL,
            0.25,
            -0.00075,
            Regime.NORMAL,
            Map.of("trees", 1.0),
            Double.NaN,
            null,
            7);
    JsonWriter json = new JsonWriter();
    score.write(json);
    assertThat(json.toString())
        .isEqualTo(
            "{\"type\":\"score\",\"instrument\":\"BITSTAMP:BTCUSD\",\"model\":\"direction\","
                + "\"model_version\":\"3\",\"side\":\"SELL\",\"confidence\":0.75,"
                + "\"expected_return\":-0.00075,\"regime\":\"NORMAL\",\"weights\":{\"trees\":1},"
                + "\"event_time_us\":7,\"shadow\":false,\"drift\":null,\"most_drifted\":null}");
  }

  @Test
  void rowsReadBack() {
    FeatureRows rows = new FeatureRows(2, 3);
    assertThat(FeatureRows.of(2, 3, rows.toBytes()).count()).isZero();
    for (int i = 0; i < 4; i++) {
      double[] row = rows.next();
      row[0] = i;
      row[1] = Double.NaN;
    }
    FeatureRows read = FeatureRows.of(2, 3, rows.toBytes());
    assertThat(read.count()).isEqualTo(3);
    assertThat(read.newest()).containsExactly(3, Double.NaN);
    assertThat(read.aged(2)).containsExactly(1, Double.NaN);
    assertThat(read.toBytes()).isEqualTo(rows.toBytes());
    assertThatThrownBy(() -> FeatureRows.of(3, 3, rows.toBytes()))
        .hasMessageContaining("rows of 2 features, expected 3");
  }

  @Test
  void aBundleThatWasMadeWithAFeatureThatIsComposedOtherwiseIsRefused() {
    Composition before = new Composition("slow", "close", TransformKind.SMA, 10);
    Composition after = new Composition("slow", "close", TransformKind.SMA, 20);
    List<String> features = List.of("slower@1m", "return_1@1m");
    FeatureSchema made = composed(before);
    assertThat(made.hash()).isEqualTo(composed(after).hash());
    ModelBundle trees = Bundles.ofTrees(features);
    Model model =
        Model.of(
            Bundles.hashed(ModelBundle.schemaHash(made.meanings(features)), trees),
            (of, file) -> rows -> 0.5);
    ModelChoice choice = new ModelChoice("m", "m", BarInterval.of("1m"), null);
    assertThat(new Scorer(choice, model, made).version()).isEqualTo("1");
    assertThatThrownBy(() -> new Scorer(choice, model, composed(after)))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("a feature of the same name is worked out in another way");
  }

  private static FeatureSchema composed(Composition slow) {
    Composition slower = new Composition("slower", "slow", TransformKind.SMA, 5);
    return new FeatureLayout(
            List.of(BarInterval.of("1m")), EnumSet.of(FeatureSet.RETURNS), List.of(slow, slower))
        .schemaOf(BarInterval.of("1m"));
  }
}
