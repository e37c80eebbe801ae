package io.sluice.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.domain.scoring.Label;
import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.training.TrainingException;
import io.sluice.scoring.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterSearchTest {
  private static final int FOLDS = 3;
  private static final TrainingPlan USUAL =
      new TrainingPlan(
          "direction",
          new Label(Label.Kind.FORWARD_RETURN, 1_000_000, 0),
          Settings.DEFAULT,
          TrainingPlan.VALIDATION,
          TrainingPlan.TEST,
          0,
          TrainingPlan.MOST_FEATURES,
          TrainingPlan.REGIME_ROWS,
          TrainingPlan.MIN_CONFIDENCE);

  @TempDir Path folder;
  private final List<String> judged = new ArrayList<>();

  /** Eight leaves at a rate of 0.01 are best; later folds are harder, by the same for all. */
  private double loss(TrainingPlan plan, int fold) {
    judged.add(plan.settings() + " " + plan.mostFeatures() + " " + fold);
    double leaves = Math.log(plan.settings().leaves() / 8.0);
    double rate = Math.log(plan.settings().rate() / 0.01);
    return 0.1 * fold + 0.01 * (leaves * leaves + rate * rate);
  }

  private List<Trial> search(Path file, int trials) throws IOException {
    List<Trial> made = new ArrayList<>();
    try (Study study = Study.open(file, "these data")) {
      new ParameterSearch(USUAL, this::loss, FOLDS, study, made::add).run(trials);
      assertThat(study.trials()).hasSize(trials);
    }
    return made;
  }

  @Test
  void itComesNearTheBestThereIs() throws IOException {
    List<Trial> trials = search(folder.resolve("study"), 120);
    Trial first = trials.get(0);
    assertThat(first.applied(USUAL)).isEqualTo(USUAL);
    Trial best;
    try (Study study = Study.open(folder.resolve("study"), "these data")) {
      ParameterSearch search = new ParameterSearch(USUAL, this::loss, FOLDS, study, trial -> {});
      best = search.run(120);
      assertThat(search.told().count()).isEqualTo(120);
      assertThat(search.told().usual()).isEqualTo(first.loss());
      assertThat(search.told().best()).isEqualTo(best.loss());
    }
    assertThat(best.stopped()).isFalse();
    assertThat(best.parameters().get("--leaves")).isBetween(6.0, 11.0);
    assertThat(best.parameters().get("--rate")).isBetween(0.007, 0.014);
    assertThat(trials)
        .doesNotHaveDuplicates()
        .extracting(Trial::parameters)
        .doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsGoneOnWithTriesWhatItWouldHaveTriedAnyway() throws IOException {
    List<Trial> whole = search(folder.resolve("whole"), 30);
    Path parts = folder.resolve("parts");
    List<Trial> made = new ArrayList<>(search(parts, 13));
    // A line that was being written when the process ended.
    Files.writeString(parts, "{\"trial\":14,\"para", StandardOpenOption.APPEND);
    judged.clear();
    made.addAll(search(parts, 30));
    assertThat(made).isEqualTo(whole);
    assertThat(judged).hasSizeLessThanOrEqualTo(17 * FOLDS);
    assertThat(parts).hasSameTextualContentAs(folder.resolve("whole"));
    judged.clear();
    assertThat(search(parts, 30)).isEmpty();
    assertThat(judged).isEmpty();
  }

  @Test
  void whatIsWorseThanMostAtTheSameFoldIsStopped() throws IOException {
    List<Trial> trials = search(folder.resolve("study"), 40);
    for (Trial trial : trials) {
      double[] others =
          trials.stream()
              .limit(trial.trial() - 1L)
              .mapToDouble(other -> other.losses().get(0))
              .sorted()
              .toArray();
      int middle = others.length / 2;
      boolean isWorse =
          others.length >= 4
              && trial.losses().get(0) > (others[(others.length - 1) / 2] + others[middle]) / 2;
      if (isWorse) {
        assertThat(trial.stopped()).as("%s", trial).isTrue();
        assertThat(trial.losses()).hasSize(1);
      }
    }
    assertThat(trials).filteredOn(Trial::stopped).hasSizeBetween(5, 30);
    assertThat(trials).filteredOn(trial -> !trial.stopped()).allMatch(t -> t.losses().size() == 3);
  }

  @Test
  void aStudyOfSomethingElseIsRefused() throws IOException {
    Path file = folder.resolve("study");
    search(file, 2);
    assertThatThrownBy(() -> Study.open(file, "other data"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("is of other data, options or folds");
    try (Study held = Study.open(file, "these data")) {
      assertThat(held.trials()).hasSize(2);
      assertThatThrownBy(() -> Study.open(file, "these data"))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("another search goes on with the study");
    }
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"--leaves\":31.0", "\"--leaves\":30.0"));
    assertThatThrownBy(() -> search(file, 3))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("made by another version of the search");
    Files.writeString(file, text + "nonsense\n");
    assertThatThrownBy(() -> search(file, 3))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("line 4 of the study");
  }

  @Test
  void aFileOfSomethingElseStaysAsItIs() throws IOException {
    for (String text :
        List.of("1385337600,800.01", "time,price\n1385337600,800.01", "{\"a\":1}\n")) {
      Path file = Files.writeString(folder.resolve("trades"), text);
      assertThatThrownBy(() -> Study.open(file, "these data"))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("line 1 of the study")
          .hasMessageContaining("name another file with --study");
      assertThat(file).hasContent(text);
    }
    // A first line that was being written when the process ended.
    Path cut = Files.writeString(folder.resolve("cut"), "{\"study\":\"these");
    assertThat(search(cut, 2)).hasSize(2);
  }
}
