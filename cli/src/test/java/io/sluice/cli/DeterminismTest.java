package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.risk.Rule;
import io.sluice.domain.risk.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same files give the same bytes, however and how often they are replayed. */
class DeterminismTest {
  private static final boolean IS_LONG = Boolean.getBoolean("sluice.long");

  /** Everything that a replay with models writes. */
  private static final List<String> FILES =
      Stream.concat(Results.FILES.stream(), Stream.of("bars.jsonl", "scores.jsonl")).toList();

  @TempDir Path folder;

  @Test
  void parallelismAndStateBackendDoNotShow() throws IOException {
    for (long seed = 1; seed <= (IS_LONG ? 20 : 1); seed++) {
      for (boolean isPaper : new boolean[] {true, false}) {
        Path at = folder.resolve(seed + "-" + isPaper);
        List<String> inputs = Scenario.write(seed, at, isPaper, 3_000);
        Results first = replay(inputs, at.resolve("first"), 1, "hashmap");
        if (seed == 1) {
          // The inputs of every run; what other seeds happen to hold is as it comes.
          assertThatMuchHappens(first, isPaper);
        }
        if (isPaper) {
          assertSame(replay(inputs, at.resolve("again"), 1, "hashmap"), first);
        }
        assertSame(replay(inputs, at.resolve("2-rocksdb"), 2, "rocksdb"), first);
        assertSame(replay(inputs, at.resolve("4"), 4, "hashmap"), first);
        if (IS_LONG) {
          assertSame(replay(inputs, at.resolve("2"), 2, "hashmap"), first);
          assertSame(replay(inputs, at.resolve("1-rocksdb"), 1, "rocksdb"), first);
          assertSame(replay(inputs, at.resolve("4-rocksdb"), 4, "rocksdb"), first);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"hashmap, 2, 4, 1, true", "rocksdb, 4, 1, 2, false"})
  void aReplayThatIsKilledGoesOn(
      String backend, int parallelism, int resumedWith, int kills, boolean isPaper)
      throws Exception {
    for (long seed = 100; seed < (IS_LONG ? 110 : 101); seed++) {
      Path at = folder.resolve(backend + "-" + seed);
      List<String> inputs = Scenario.write(seed, at, isPaper, 30_000);
      Results whole = replay(inputs, at.resolve("whole"), 2, "hashmap");
      Path out = at.resolve("out");
      Path checkpoints = at.resolve("checkpoints");
      List<String> arguments = arguments(inputs, out, parallelism, backend);
      arguments.addAll(
          List.of("--checkpoint-dir", checkpoints.toString(), "--checkpoint-interval", "50ms"));

      Set<Path> seen = new HashSet<>();
      for (int kill = 0; kill < kills; kill++) {
        ChildReplay.start(at, arguments).killAfterCheckpoint(checkpoints, seen);
        seen.addAll(ChildReplay.completed(checkpoints));
        assertThat(out.resolve("decisions.jsonl")).doesNotExist();
        if (kill == 0) {
          arguments.add("--resume");
        }
      }
      List<String> resumed = new ArrayList<>(arguments);
      resumed.set(resumed.indexOf("--parallelism") + 1, String.valueOf(resumedWith));
      Cli.done(resumed.toArray());

      assertSame(new Results(out), whole);
      try (var left = Files.list(checkpoints)) {
        assertThat(left).isEmpty();
      }
      try (var published = Files.list(out)) {
        assertThat(published.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrderElementsOf(FILES);
      }
    }
  }

  @Test
  void aReplayWhoseResultsCouldNotBeWrittenGoesOn() throws IOException {
    List<String> inputs = Scenario.write(3, folder.resolve("inputs"), true, 400);
    Results whole = replay(inputs, folder.resolve("whole"), 1, "hashmap");
    Path out = folder.resolve("out");
    List<String> arguments = arguments(inputs, out, 1, "hashmap");
    arguments.addAll(
        List.of(
            "--checkpoint-dir",
            folder.resolve("checkpoints").toString(),
            "--checkpoint-interval",
            "10ms"));
    // All rows have been decided by the time this is in the way.
    Path inTheWay = Files.createDirectories(out.resolve(".journal.jsonl.tmp"));
    assertThat(Cli.run(arguments.toArray()).code()).isEqualTo(2);
    assertThat(out.resolve("decisions.jsonl")).doesNotExist();
    Files.deleteIfExists(inTheWay);
    arguments.add("--resume");
    Cli.done(arguments.toArray());
    assertSame(new Results(out), whole);
  }

  private static Results replay(List<String> inputs, Path out, int parallelism, String backend) {
    Cli.done(arguments(inputs, out, parallelism, backend).toArray());
    return new Results(out);
  }

  private static List<String> arguments(
      List<String> inputs, Path out, int parallelism, String backend) {
    List<String> arguments = new ArrayList<>();
    arguments.add("replay");
    arguments.addAll(inputs);
    arguments.addAll(List.of("--out", out.toString(), "--state-backend", backend));
    arguments.addAll(List.of("--parallelism", String.valueOf(parallelism)));
    return arguments;
  }

  private static void assertSame(Results found, Results expected) {
    for (String file : FILES) {
      assertThat(found.text(file)).as(file).isEqualTo(expected.text(file));
    }
  }

  /** Files that hold little would be the same by accident. */
  private static void assertThatMuchHappens(Results results, boolean isPaper) {
    JsonNode summary = results.summary();
    assertThat(summary.path("heads").size()).isEqualTo(7);
    assertThat(summary.path("decisions").longValue()).isGreaterThan(100);
    assertThat(summary.path("duplicates").longValue()).isPositive();
    assertThat(summary.path("unreadable").longValue()).isPositive();
    assertThat(names(summary.path("verdicts"))).contains("ALLOW", "DENY", "HALT");
    assertThat(names(summary.path("events")))
        .contains("FLASH_CRASH", "HALT", "RESUME", "COMMAND_REFUSED", "LIMITS_SET")
        .contains("EXIT", "ROLLOUT", "PARAMETERS_SET", "OVERRIDE_GRANTED", "RESTRICTED")
        .contains("USER_ALERT", "BREACH", "LIMIT_NEAR", "TRADING_STATE", "SHADOW_DIFF")
        .contains("SILENT", "HEARD", "USER_RULE_SET")
        .contains("REGIME", "MODEL_PUBLISHED", "MODEL_IN_FORCE", "MODEL_REFUSED");
    assertThat(summary.path("intents_from_front").longValue()).isGreaterThan(20);
    assertThat(results.text("scores.jsonl"))
        .contains("\"model_version\":\"1\"", "\"model_version\":\"2\"")
        .doesNotContain("\"model_version\":\"bad\"");
    List<String> quiet = new ArrayList<>(RuleSet.rules().stream().map(Rule::code).toList());
    quiet.removeAll(names(summary.path("reasons")));
    // An override refuses nothing; on paper there is no venue whose reports could differ.
    assertThat(quiet).as("rules that nothing met").isSubsetOf("K04", isPaper ? "R40" : "K04");
    assertThat(results.text("decisions.jsonl")).contains("\"OPERATOR\"", "\"STOP\"", "\"MODEL\"");
    assertThat(results.text("journal.jsonl")).contains("\"source\":\"clock\"");
    if (isPaper) {
      assertThat(names(summary.path("verdicts"))).contains("SHRINK", "REDUCE_ONLY");
      assertThat(results.text("journal.jsonl"))
          .contains("\"FILLED\"", "\"EXPIRED\"", "\"CANCELLED\"");
      assertThat(names(summary.path("events"))).contains("TWIN");
    } else {
      assertThat(names(summary.path("events"))).contains("RECON_BREAK", "UNKNOWN_ACCOUNT");
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
