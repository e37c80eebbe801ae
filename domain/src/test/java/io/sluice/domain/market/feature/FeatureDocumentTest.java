package io.sluice.domain.market.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/features.md are made of the catalogue. With {@code -Dsluice.write.docs} this
 * test writes them instead of comparing.
 */
class FeatureDocumentTest {
  private static final String MARK = "<!-- made of the catalogue -->\n";

  @Test
  void theDocumentSaysWhatTheCatalogueSays() throws IOException {
    Path file = document();
    String text = Files.readString(file);
    int at = text.indexOf(MARK);
    assertThat(at).as("the mark in %s", file).isNotNegative();
    String made = text.substring(0, at) + MARK + tables();
    if (Boolean.getBoolean("sluice.write.docs")) {
      Files.writeString(file, made);
    }
    assertThat(Files.readString(file))
        .as("run this test with -Dsluice.write.docs=true to write it")
        .isEqualTo(made);
  }

  private static Path document() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root.resolve("docs/features.md");
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();
    List<Family<?>> families = Catalogue.all();
    for (FeatureSet set : FeatureSet.values()) {
      boolean isOfTicks =
          EnumSet.of(FeatureSet.QUOTES, FeatureSet.TRADES, FeatureSet.VENUES).contains(set);
      text.append("\n### ").append(set.key()).append("\n\n");
      text.append("| Feature | Unit | Warm-up, ").append(isOfTicks ? "ticks" : "bars");
      text.append(" | Definition |\n| --- | --- | --- | --- |\n");
      for (Family<?> family : families) {
        if (family.set() == set) {
          family.features().forEach(feature -> text.append(row(feature)));
        }
      }
    }
    text.append("\n### Transforms of compositions\n\n| Transform | Definition |\n| --- | --- |\n");
    for (TransformKind kind : TransformKind.values()) {
      text.append("| `%s` | %s |\n".formatted(kind.key(), kind.definition()));
    }
    text.append("\n### Numbers of bars, as inputs of compositions\n\n");
    List<String> inputs =
        Arrays.stream(BarInput.values()).map(one -> "`" + one.key() + "`").toList();
    return text.append(String.join(", ", inputs)).append(".\n").toString();
  }

  private static String row(Feature feature) {
    return "| `%s` | %s | %d | %s |\n"
        .formatted(
            feature.name(),
            feature.unit(),
            feature.warmUp(),
            feature.definition().replace("|", "\\|"));
  }
}
