package io.sluice.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.market.Regime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelBundleTest {
  private static final String JSON = new String(Bundles.bundle().toJson(), StandardCharsets.UTF_8);

  @Test
  void readsBackToTheLastBit() {
    assertThat(read(JSON)).isEqualTo(Bundles.bundle());
    Calibration isotonic =
        new Calibration.Isotonic(new double[] {0.1, 0.30000000000000004}, new double[] {0.2, 0.9});
    ModelBundle other = Bundles.bundle(isotonic, new Probe(new double[] {1, 2}, 0.5));
    assertThat(ModelBundle.read("model.json", other.toJson())).isEqualTo(other);
    ModelBundle plain =
        Bundles.bundle(new Calibration.Identity(), new Probe(new double[] {1, 2}, 0.5));
    assertThat(ModelBundle.read("model.json", plain.toJson())).isEqualTo(plain);
  }

  /** What is replaced, by what, and what has to be said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\":1|\"format\":2|format is 2, expected a whole number from 1 to 1",
        "\"name\":\"direction\"|\"name\":\"\"|name is \"\", expected a text that is not empty",
        "\"features\":[\"a\",\"b\"]|\"features\":[\"a\",\"a\"]|names that differ",
        "\"features\":[\"a\",\"b\"]|\"features\":[]|from 1 to 1000 names",
        "\"features\":[\"a\",\"b\"]|\"features\":[\"a\",\"c\"]|reference.features.b is not a key here",
        "\"kind\":\"lightgbm\"|\"kind\":\"forest\"|kind is \"forest\", expected one of [lightgbm, onnx]",
        "\"volatile\":{\"file\"|\"wild\":{\"file\"|members[0].files.wild is not a key here",
        "pooled.txt|../pooled.txt|file is \"../pooled.txt\", expected the name of a file",
        "\"trees\":3.0|\"trees\":0.0|weights.pooled.trees is 0.0, expected a number above 0",
        "\"trees\":3.0|\"bush\":3.0|weights.pooled.bush is not a key here",
        "\"kind\":\"platt\"|\"kind\":\"beta\"|calibration.kind is \"beta\", expected one of",
        "\"a\":-1.25|\"a\":null|calibration.a is missing, expected finite numbers",
        "\"min_confidence\":0.6|\"min_confidence\":0.4|expected a number from 0.5 to 1",
        "\"from_us\":1|\"from_us\":3|training.to_us is 2, expected a whole number from 3",
        "\"edges\":[0.1,0.2]|\"edges\":[0.2,0.1]|the edges have to ascend",
        "\"edges\":[0.1,0.2]|\"edges\":[0.1]|1 edges and 4 shares, expected two shares more",
        "\"shares\":[0.3,0.3,0.4,0.0]|\"shares\":[0.3,0.3,0.3,0.0]|expected numbers of at least 0 that add up to 1",
        "\"shares\":[0.3,0.3,0.4,0.0]|\"shares\":[-0.3,0.9,0.4,0.0]|expected numbers of at least 0 that add up to 1",
        "\"barrier\":0.004|\"barrier\":0|TRIPLE_BARRIER with the barrier 0.0",
        "\"row\":[1.0E-9,null]|\"row\":[1.0E-9]|probe.row is [1.0E-9], expected a list of 2 numbers",
        "\"probability\":0.4|\"probability\":null|probe.probability is missing",
        "\"probability\":0.4|\"probability\":0.4,\"note\":1|probe.note is not a key here",
        "\"version\":\"3\",|\"version\":\"3|not valid JSON",
      })
  void saysWhatIsWrong(String replaced, String by, String expected) {
    assertThat(JSON).contains(replaced);
    assertThatThrownBy(() -> read(JSON.replace(replaced, by)))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("model.json: ")
        .hasMessageContaining(expected);
  }

  private static ModelBundle read(String json) {
    return ModelBundle.read("model.json", json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void wantsTheFeaturesItWasMadeWith() {
    ModelBundle bundle = Bundles.bundle();
    assertThatCode(() -> bundle.checkSchema(Set.of("a", "b", "c"), () -> Bundles.HASH))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> bundle.checkSchema(Set.of("a", "c"), () -> Bundles.HASH))
        .hasMessageContaining("wants the feature b, which is not known here");
    String other = ModelBundle.schemaHash(List.of("a is one", "b is three"));
    assertThatThrownBy(() -> bundle.checkSchema(Set.of("a", "b"), () -> other))
        .hasMessageContaining("made with features of the schema " + Bundles.HASH)
        .hasMessageContaining("here they have " + other);
  }

  @Test
  void aFileIsCheckedByItsHash() {
    byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
    String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    new ModelFile("pooled.txt", hash).check(bytes);
    assertThatThrownBy(() -> new ModelFile("pooled.txt", hash.replace('b', 'c')).check(bytes))
        .hasMessageContaining("the file pooled.txt has the SHA-256 " + hash);
  }

  @Test
  void aRegimeWithoutItsOwnTakesThePooled() {
    PerRegime<ModelFile> files = Bundles.bundle().members().get(0).files();
    assertThat(files.in(Regime.VOLATILE).name()).isEqualTo("volatile.txt");
    assertThat(files.in(Regime.RANGING).name()).isEqualTo("pooled.txt");
    assertThat(files.in(null).name()).isEqualTo("pooled.txt");
  }
}
