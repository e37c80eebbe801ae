package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the contract says of every replay, worked out again from the input files and the outputs
 * without any of Sluice's code.
 */
class InvariantsTest {
  private static final boolean IS_LONG = Boolean.getBoolean("sluice.long");

  @TempDir static Path folder;

  private static final List<Case> CASES = new ArrayList<>();

  /** A replay with its inputs read again. */
  private record Case(
      String name, boolean isPaper, List<SourceFile> inputs, Results results, Path config) {}

  @BeforeAll
  static void replay() throws IOException {
    for (long seed = 1; seed <= (IS_LONG ? 12 : 2); seed++) {
      boolean isPaper = seed % 2 == 1;
      Path at = folder.resolve("seed-" + seed);
      List<String> arguments = new ArrayList<>(List.of("replay"));
      arguments.addAll(Scenario.write(seed, at, isPaper, 4_000));
      List<SourceFile> inputs = SourceFile.of(arguments);
      arguments.addAll(List.of("--out", at.resolve("out").toString()));
      Cli.done(arguments.toArray());
      CASES.add(
          new Case(
              "seed " + seed,
              isPaper,
              inputs,
              new Results(at.resolve("out")),
              at.resolve("config.yaml")));
    }
  }

  @Test
  void everyReadableIntentHasOneDecisionAndEveryOtherLineOneDeadLetter() {
    for (Case run : CASES) {
      Map<String, JsonNode> journalByCause = new HashMap<>();
      for (JsonNode line : run.results.journal()) {
        boolean isIntent = line.path("input").path("type").textValue().equals("intent");
        if (isIntent && !line.path("snapshot").path("from_front").asBoolean()) {
          assertThat(journalByCause.put(place(line.path("cause")), line)).as("%s", line).isNull();
        }
      }
      Map<String, JsonNode> letters = new HashMap<>();
      for (JsonNode letter : run.results.deadLetters()) {
        assertThat(letters.put(place(letter), letter)).as("%s", letter).isNull();
      }
      Set<String> decided = new HashSet<>();
      int readable = 0;
      int unreadable = 0;
      int decisions = 0;
      for (SourceFile file : run.inputs) {
        if (!file.option().equals("--intents")) {
          continue;
        }
        for (int number = 1; number <= file.lines().size(); number++) {
          byte[] line = file.lines().get(number - 1);
          String place = file.name() + ":" + file.partition() + ":" + number;
          JsonNode intent = SourceFile.readableIntent(line);
          if (intent == null) {
            unreadable++;
            assertThat(journalByCause).doesNotContainKey(place);
            assertThat(letters).containsKey(place);
            byte[] kept =
                Base64.getDecoder().decode(letters.get(place).path("bytes_base64").asText());
            boolean isCut = line.length > 64 * 1024;
            assertThat(kept).isEqualTo(isCut ? java.util.Arrays.copyOf(line, 64 * 1024) : line);
            assertThat(letters.get(place).path("truncated").booleanValue()).isEqualTo(isCut);
            assertThat(letters.get(place).path("reason").textValue()).isNotEmpty();
          } else {
            readable++;
            assertThat(letters).doesNotContainKey(place);
            assertThat(journalByCause).containsKey(place);
            JsonNode answers = journalByCause.get(place).path("decisions");
            String id = intent.path("account").asText() + "\n" + intent.path("intent_id").asText();
            assertThat(answers.size()).as(place).isLessThanOrEqualTo(1);
            if (answers.size() == 1) {
              decisions++;
              assertThat(decided.add(id)).as("a second decision on %s", id).isTrue();
              assertThat(answers.get(0).path("decision_id").textValue())
                  .isEqualTo(sha256(id.getBytes(StandardCharsets.UTF_8)).substring(0, 32));
              assertThat(answers.get(0).path("intent_id")).isEqualTo(intent.path("intent_id"));
            }
          }
        }
      }
      assertThat(decided).as("decisions on different intents").hasSize(decisions);
      JsonNode summary = run.results.summary();
      int ofModels =
          (int)
              run.results.decisions().stream()
                  .map(decision -> decision.path("intent_id").textValue())
                  .filter(id -> id.startsWith("sluice:direction:"))
                  .count();
      assertThat(ofModels).isPositive();
      assertThat(summary.path("intents_from_front").intValue()).isEqualTo(ofModels);
      assertThat(summary.path("intents_read").intValue())
          .isEqualTo(readable + unreadable + ofModels);
      assertThat(summary.path("unreadable").intValue()).isEqualTo(unreadable);
      assertThat(summary.path("decisions").intValue()).isEqualTo(decisions + ofModels);
      assertThat(summary.path("duplicates").intValue()).isEqualTo(readable - decisions);
      long ofGate =
          run.results.decisions().stream().filter(decision -> !Results.isAsked(decision)).count();
      assertThat(summary.path("gate_decisions").longValue()).isEqualTo(ofGate);
      assertThat(run.results.decisions()).hasSize(decisions + ofModels + (int) ofGate);
      assertThat(repeats(run)).as("repeats").isEqualTo(readable - decisions);
    }
  }

  /** Readable lines whose account and id stood in an earlier one. */
  private static int repeats(Case run) {
    Set<String> ids = new HashSet<>();
    int repeats = 0;
    for (SourceFile file : run.inputs) {
      for (byte[] line : file.option().equals("--intents") ? file.lines() : List.<byte[]>of()) {
        JsonNode intent = SourceFile.readableIntent(line);
        if (intent != null
            && !ids.add(
                intent.path("account").asText() + "\n" + intent.path("intent_id").asText())) {
          repeats++;
        }
      }
    }
    return repeats;
  }

  private static String place(JsonNode cause) {
    return cause.path("source").textValue()
        + ":"
        + cause.path("partition").longValue()
        + ":"
        + cause.path("offset").longValue();
  }

  @Test
  void theJournalIsOneChainOfEachGroupWithTheDecisionsInIt() {
    for (Case run : CASES) {
      Map<String, String> heads = new HashMap<>();
      Map<String, Long> sequences = new HashMap<>();
      Map<String, Long> times = new HashMap<>();
      List<JsonNode> decisions = new ArrayList<>();
      for (String text : run.results.text("journal.jsonl").split("\n")) {
        JsonNode line = Results.json(text);
        String group = line.path("group").textValue();
        assertThat(line.path("seq").longValue()).isEqualTo(sequences.merge(group, 1L, Long::sum));
        String previous = heads.getOrDefault(group, "0".repeat(64));
        assertThat(line.path("prev_hash").textValue()).isEqualTo(previous);
        String hash = line.path("hash").textValue();
        String without = text.replace(",\"hash\":\"" + hash + "\"}", "}");
        assertThat(without).hasSize(text.length() - 74);
        assertThat(hash).isEqualTo(sha256((previous + without).getBytes(StandardCharsets.UTF_8)));
        heads.put(group, hash);
        long gateTimeUs = line.path("gate_time_us").longValue();
        assertThat(gateTimeUs).isGreaterThanOrEqualTo(times.getOrDefault(group, 0L));
        times.put(group, gateTimeUs);
        boolean isFirst = line.path("seq").longValue() == 1;
        assertThat(line.path("input").path("type").textValue().equals("config")).isEqualTo(isFirst);
        for (JsonNode decision : line.path("decisions")) {
          assertThat(decision.path("gate_time_us").longValue()).isEqualTo(gateTimeUs);
          assertThat(decision.path("seq")).isEqualTo(line.path("seq"));
          decisions.add(decision);
        }
      }
      assertThat(run.results.decisions()).isEqualTo(decisions);
      JsonNode summary = run.results.summary().path("heads");
      assertThat(summary.size()).isEqualTo(heads.size());
      heads.forEach(
          (group, hash) -> {
            assertThat(summary.path(group).path("hash").textValue()).isEqualTo(hash);
            assertThat(summary.path(group).path("seq").longValue()).isEqualTo(sequences.get(group));
          });
      Cli.Run verified = Cli.verify(run.results.folder());
      assertThat(verified.code()).as(verified.out()).isZero();
    }
  }

  @Test
  void everyFileIsInItsOrder() {
    for (Case run : CASES) {
      Function<JsonNode, String> group = line -> line.path("group").textValue();
      Function<JsonNode, Long> seq = line -> line.path("seq").longValue();
      Comparator<JsonNode> bySeq = Comparator.comparing(group).thenComparing(seq);
      assertThat(run.results.journal()).isSortedAccordingTo(bySeq);
      assertThat(run.results.decisions())
          .isSortedAccordingTo(bySeq.thenComparing(line -> line.path("sub").longValue()));
      assertThat(run.results.deadLetters())
          .isSortedAccordingTo(
              Comparator.comparing((JsonNode line) -> line.path("partition").longValue())
                  .thenComparing(line -> line.path("offset").longValue()));
      List<JsonNode> events = run.results.lines("events.jsonl");
      assertThat(events)
          .isSortedAccordingTo(
              Comparator.comparing((JsonNode event) -> event.path("event_time_us").longValue())
                  .thenComparing(event -> event.path("type").textValue())
                  .thenComparing(event -> event.path("scope").textValue())
                  .thenComparing(event -> event.path("event_id").textValue()));
      assertThat(events).extracting(event -> event.path("event_id")).doesNotHaveDuplicates();
    }
  }

  @Test
  void summariesCountWhatIsInTheFiles() {
    for (Case run : CASES) {
      JsonNode summary = run.results.summary();
      assertThat(summary.path("verdicts")).isEqualTo(counted(run.results.decisions(), "verdict"));
      assertThat(summary.path("reasons")).isEqualTo(counted(run.results.decisions(), "reasons"));
      assertThat(summary.path("events"))
          .isEqualTo(counted(run.results.lines("events.jsonl"), "type"));
      assertThat(summary.path("journal_lines").intValue()).isEqualTo(run.results.journal().size());
      assertThat(summary.path("dead_letters").intValue())
          .isEqualTo(run.results.deadLetters().size());
      assertThat(summary.path("files").size()).isEqualTo(run.inputs.size());
      for (JsonNode file : summary.path("files")) {
        SourceFile input = run.inputs.get(file.path("partition").intValue());
        assertThat(file.path("source").textValue()).isEqualTo(input.name());
        assertThat(file.path("lines").intValue()).isEqualTo(input.lines().size());
        int header = input.name().matches("bitstamp.csv|tardis.csv") ? 1 : 0;
        assertThat(file.path("readable").intValue() + file.path("dead_letters").intValue() + header)
            .isEqualTo(input.lines().size());
      }
    }
  }

  private static JsonNode counted(List<JsonNode> lines, String field) {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode line : lines) {
      JsonNode value = line.path(field);
      for (JsonNode one : value.isArray() ? value : List.of(value)) {
        counts.merge(one.textValue(), 1, Integer::sum);
      }
    }
    StringBuilder json = new StringBuilder("{");
    counts.forEach(
        (name, count) ->
            json.append(json.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":")
                .append(count));
    return Results.json(json + "}");
  }

  @Test
  void crashEventsAreTheEpisodesOfTheTrades() {
    for (Case run : CASES) {
      List<String> expected = CrashOracle.episodes(run.inputs);
      List<String> found = new ArrayList<>();
      for (JsonNode event : run.results.events("FLASH_CRASH")) {
        JsonNode detail = event.path("detail");
        found.add(
            CrashOracle.episode(
                event.path("instrument").textValue(),
                detail.path("window_ms").longValue(),
                event.path("event_time_us").longValue(),
                new BigDecimal(detail.path("from_price").textValue()),
                new BigDecimal(detail.path("to_price").textValue())));
        double drop =
            1
                - Results.decimal(detail, "to_price").doubleValue()
                    / Results.decimal(detail, "from_price").doubleValue();
        assertThat(detail.path("drop").doubleValue())
            .isCloseTo(drop, org.assertj.core.data.Offset.offset(1e-9));
      }
      assertThat(found).as(run.name).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(expected).hasSizeGreaterThan(10);
    }
  }

  @Test
  void paperBooksFollowFromTheApprovalsAndTicksOfTheJournal() {
    for (Case run : CASES) {
      if (!run.isPaper) {
        continue;
      }
      PaperBooks books = PaperBooks.of(run.results.journal());
      JsonNode accounts = run.results.summary().path("accounts");
      assertThat(accounts.size()).isEqualTo(8 + EveryControl.ACCOUNTS.size());
      accounts
          .properties()
          .forEach(
              account ->
                  assertThat(books.line(account.getKey()))
                      .as(account.getKey())
                      .isEqualTo(PaperBooks.line(account.getValue())));
      assertThat(books.fills()).isGreaterThan(20);
      assertThat(books.closed()).isGreaterThan(3);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
