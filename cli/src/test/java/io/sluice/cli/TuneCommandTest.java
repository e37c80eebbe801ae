package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  @TempDir static Path folder;
  private static Path trades;

  @BeforeAll
  static void write() throws IOException {
    trades = SwingingTrades.write(folder.resolve("bitstamp.csv"), 6_000, 15);
  }

  private static List<String> command(Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("tune", "--trades", trades.toString()));
    arguments.addAll(List.of("--horizon", "5m", "--barrier", "0.002", "--rounds", "10"));
    arguments.addAll(List.of("--folds", "2", "--out", out.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Cli.Run tune(Path out, String... more) {
    return Cli.run(command(out, more).toArray());
  }

  @Test
  void aStudyIsGoneOnWithAndTheBestOfItIsTrained() throws IOException {
    Path out = folder.resolve("tuned");
    Cli.Run first = tune(out, "--trials", "2");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("tune: trial 1 of 2: ").contains("tune: trial 2 of 2: ");
    assertThat(first.out())
        .contains("2 trials (0 stopped early) in 2 folds")
        .contains(": --leaves ")
        .containsPattern("there is (an edge|NO edge) out of sample");

    Cli.Run more = tune(out, "--trials", "3", "--json");
    assertThat(more.code()).as(more.err()).isZero();
    assertThat(more.err())
        .contains("goes on with 2 trials of the study")
        .doesNotContain("trial 2 of 3")
        .contains("trial 3 of 3");
    JsonNode json = new ObjectMapper().readTree(more.out());
    assertThat(json.at("/search/trials").intValue()).isEqualTo(3);
    assertThat(json.at("/metrics/trials").intValue()).isEqualTo(3);
    assertThat(json.at("/metrics/auc").doubleValue()).isBetween(0.0, 1.0);
    assertThat(Files.readString(out.resolve("report.md")))
        .contains("Its parameters are the best of 3 tried");

    // What it names trains the same model.
    List<Object> train = new ArrayList<>(List.of("train", "--trades", trades));
    train.addAll(List.of("--horizon", "5m", "--barrier", "0.002", "--rounds", "10"));
    json.at("/search/parameters")
        .properties()
        .forEach(
            parameter -> {
              train.add(parameter.getKey());
              String value = parameter.getValue().asText();
              train.add(value.endsWith(".0") ? value.substring(0, value.length() - 2) : value);
            });
    train.addAll(List.of("--json", "--out", folder.resolve("again")));
    JsonNode again = new ObjectMapper().readTree(Cli.done(train.toArray()).out());
    assertThat(again.path("model_version")).isEqualTo(json.path("model_version"));
  }

  /** As kill -9 does, wherever in a trial it is. */
  @Test
  void aSearchThatIsKilledComesToWhatItWouldHaveComeTo() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(tune(whole, "--trials", "8").code()).isZero();
    Path killed = folder.resolve("killed");
    Path study = killed.resolve("study.jsonl");
    int head = 1;
    ChildReplay.start(folder, command(killed, "--trials", "100"))
        .killOnce(() -> Files.exists(study) && Files.readString(study).lines().count() > head + 2);
    assertThat(Files.readString(study).lines().count()).isBetween(head + 3L, head + 7L);
    assertThat(killed.resolve("model.json")).doesNotExist();

    Cli.Run resumed = tune(killed, "--trials", "8");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("goes on with ").doesNotContain("trial 3 of 8");
    for (String file : List.of("study.jsonl", "model.json", "pooled.txt", "report.md")) {
      assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    Path out = folder.resolve("none");
    assertThat(tune(out, "--trials", "0").err()).contains("--trials is 0, expected at least 1");
    assertThat(tune(out, "--leaves", "2"))
        .satisfies(run -> assertThat(run.code()).isEqualTo(ExitCode.USAGE))
        .satisfies(
            run ->
                assertThat(run.err())
                    .contains("--leaves is 2, the search begins with it and looks from 4 to 128"));
    assertThat(Cli.run("tune", "--out", out).err()).contains("there is nothing to train on");
  }
}
