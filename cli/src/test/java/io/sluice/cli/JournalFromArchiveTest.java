package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.archive.Archive;
import io.sluice.cli.live.EmbeddedArchive;
import io.sluice.cli.stack.ClickHouse;
import io.sluice.cli.stack.KafkaBroker;
import io.sluice.cli.stack.LocalClickHouse;
import io.sluice.jobs.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate wrote, some of it twice, comes out of the archive as it was, each line once. */
class JournalFromArchiveTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path out;
  private static List<String> journal;
  private static ClickHouse clickHouse;
  private static KafkaBroker broker;
  @TempDir Path folder;

  @BeforeAll
  static void replay(@TempDir Path files) throws Exception {
    out = files.resolve("out");
    List<Object> arguments = new ArrayList<>(List.of("replay", "--out", out));
    arguments.addAll(Scenario.write(7, files.resolve("in"), true, 3_000));
    Cli.done(arguments.toArray());
    journal = Files.readAllLines(out.resolve("journal.jsonl"));
    clickHouse = LocalClickHouse.shared();
    broker = SharedBroker.get();
  }

  @Test
  void isTheSameByteForByte() throws Exception {
    List<String> decisions = Files.readAllLines(out.resolve("decisions.jsonl"));
    List<String> events = Files.readAllLines(out.resolve("events.jsonl"));
    List<String> dead = Files.readAllLines(out.resolve("deadletter.jsonl"));
    try (Archive archive = Archive.open(broker, clickHouse, "replayed")) {
      send(archive, Topic.RISK_JOURNAL, journal.subList(0, 900));
      send(archive, Topic.RISK_JOURNAL, journal.subList(700, journal.size()));
      send(archive, Topic.RISK_DECISIONS, decisions);
      send(archive, Topic.RISK_DECISIONS, decisions.subList(0, decisions.size() / 2));
      send(archive, Topic.RISK_EVENTS, events);
      send(archive, Topic.RISK_DEADLETTER, dead);
      List<String> scores = Files.readAllLines(out.resolve("scores.jsonl"));
      List<String> bars = Files.readAllLines(out.resolve("bars.jsonl"));
      send(archive, Topic.MARKET_SCORES, scores);
      send(archive, Topic.MARKET_SCORES, scores.subList(0, scores.size() / 2));
      send(archive, Topic.MARKET_BARS, bars);
      try (EmbeddedArchive job = archive.start(folder)) {
        archive.awaitRows("journal", journal.size());
        archive.awaitRows("decisions", decisions.size());
        archive.awaitRows("events", events.size());
        archive.awaitRows("dead_letters", dead.size());
        archive.awaitRows("scores", scores.size());
        archive.awaitRows("bars", bars.size());
        job.stop();
      }
      versionsAreJudgedAsByTheFiles();
      List<String> rebuilt =
          archive.strings("SELECT line FROM journal FINAL ORDER BY risk_group, seq");
      assertThat(rebuilt).isEqualTo(journal);
      assertThat(archive.strings("SELECT line FROM decisions FINAL ORDER BY risk_group, seq, sub"))
          .isEqualTo(decisions);
      assertThat(archive.strings("SELECT line FROM events FINAL"))
          .containsExactlyInAnyOrderElementsOf(events);
      booksAreThoseOf(JSON.readTree(out.resolve("summary.json").toFile()), archive);
      aJobThatGoesOnFromAnOlderCheckpointWritesTheSame(archive);

      Path copy = Files.createDirectories(folder.resolve("rebuilt"));
      Files.copy(out.resolve("summary.json"), copy.resolve("summary.json"));
      Files.write(copy.resolve("journal.jsonl"), rebuilt);
      Cli.Run verified = Cli.verify(copy);
      assertThat(verified.code()).as(verified.err()).isEqualTo(ExitCode.DONE);
    }
  }

  /** What versions of a model have said and what happened then is the same from either place. */
  private void versionsAreJudgedAsByTheFiles() throws IOException {
    Path registry = folder.resolve("registry");
    Path bundles = out.resolveSibling("in").resolve("bundles");
    for (String version : List.of("1", "2")) {
      Cli.done(
          "models",
          "add",
          "--registry",
          registry,
          "--model",
          "direction",
          "--bundle",
          bundles.resolve(version));
    }
    String ofArchive = compared(registry, "--url", clickHouse.url(), "--database", "replayed");
    assertThat(ofArchive)
        .isEqualTo(
            compared(
                registry,
                "--scores",
                out.resolve("scores.jsonl"),
                "--bars",
                out.resolve("bars.jsonl")));
    JsonNode records = JSON.readTree(ofArchive);
    assertThat(records).hasSize(2);
    for (JsonNode record : records) {
      assertThat(record.path("judged").intValue()).as("%s", record).isGreaterThan(20);
      assertThat(record.path("auc").isNumber()).isTrue();
    }
  }

  private static String compared(Path registry, Object... from) {
    List<Object> all =
        new ArrayList<>(
            List.of("models", "compare", "--registry", registry, "--model", "direction", "--json"));
    all.addAll(List.of(from));
    return Cli.done(all.toArray()).out();
  }

  /** Stopped in the middle, gone on with, killed, and begun again from where it was stopped. */
  private void aJobThatGoesOnFromAnOlderCheckpointWritesTheSame(Archive straight) throws Exception {
    Path own = folder.resolve("own");
    Path older = folder.resolve("older");
    int half = journal.size() / 2;
    try (Archive archive = Archive.open(broker, clickHouse, "restored")) {
      send(archive, Topic.RISK_JOURNAL, journal.subList(0, half));
      try (EmbeddedArchive job = archive.start(own)) {
        archive.awaitRows("journal", half);
        job.stop();
      }
      copy(own, older);
      int most = journal.size() * 3 / 4;
      send(archive, Topic.RISK_JOURNAL, journal.subList(half, most));
      try (EmbeddedArchive job = archive.start(own)) {
        archive.awaitRows("journal", most);
      }
      send(archive, Topic.RISK_JOURNAL, journal.subList(most, journal.size()));
      try (EmbeddedArchive job = archive.start(older)) {
        archive.awaitRows("journal", journal.size());
        job.stop();
      }
      for (String table : List.of("journal", "positions", "closed_trades", "account_risk")) {
        String all = "SELECT toString(tuple(*)) FROM " + table + " FINAL ORDER BY ALL";
        assertThat(archive.strings(all)).as(table).isNotEmpty().isEqualTo(straight.strings(all));
      }
      assertThat(archive.rows("dead_letters")).isZero();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** A line that was changed on its way is found, said, and the books of its group end there. */
  @Test
  void aJournalThatDoesNotVerifyIsSaid() throws Exception {
    List<String> edited = new ArrayList<>(journal);
    int at =
        (int) journal.stream().takeWhile(line -> !line.contains("\"approved_qty\":\"0\"")).count();
    edited.set(at, edited.get(at).replace("\"approved_qty\":\"0\"", "\"approved_qty\":\"1\""));
    try (Archive archive = Archive.open(broker, clickHouse, "edited");
        EmbeddedArchive job = archive.start(folder)) {
      send(archive, Topic.RISK_JOURNAL, edited);
      archive.awaitRows("journal", journal.size());
      archive.send(Topic.RISK_JOURNAL, "stranger", journal.get(0).getBytes(StandardCharsets.UTF_8));
      archive.awaitRows("dead_letters", 2);
      assertThat(archive.strings("SELECT reason FROM dead_letters FINAL ORDER BY reason"))
          .satisfiesExactly(
              stray -> assertThat(stray).contains("expected the record's key stranger"),
              broken ->
                  assertThat(broken)
                      .contains("the journal does not verify")
                      .contains("seq " + JSON.readTree(edited.get(at)).get("seq")));
    }
  }

  /** The books that the job derived from the journal end where the replay's own did. */
  private static void booksAreThoseOf(JsonNode summary, Archive archive) {
    assertThat(archive.strings("SELECT reason FROM dead_letters WHERE reason LIKE 'the journal%'"))
        .isEmpty();
    List<String> positions = new ArrayList<>();
    List<String> flat = new ArrayList<>();
    for (var account : summary.path("accounts").properties()) {
      JsonNode books = account.getValue();
      for (JsonNode position : books.path("positions")) {
        positions.add(
            account.getKey()
                + " "
                + position.path("instrument").textValue()
                + " "
                + position.path("qty").textValue()
                + " "
                + position.path("cost").textValue());
      }
      if (books.path("positions").isEmpty() && !books.path("fees").textValue().equals("0")) {
        flat.add(
            account.getKey()
                + " "
                + books.path("realised_pnl").textValue()
                + " "
                + books.path("fees").textValue());
      }
    }
    assertThat(positions).isNotEmpty();
    assertThat(
            archive.strings(
                "SELECT concat(account, ' ', instrument, ' ', toString(argMax(qty, seq) AS q), ' ',"
                    + " toString(argMax(cost, seq))) FROM positions FINAL"
                    + " GROUP BY account, instrument HAVING q != 0 ORDER BY account, instrument"))
        .containsExactlyInAnyOrderElementsOf(positions);
    assertThat(
            archive.strings(
                "SELECT concat(account, ' ', toString(sum(gross_pnl)), ' ', toString(sum(fees)))"
                    + " FROM closed_trades FINAL GROUP BY account"))
        .containsAll(flat);
    assertThat(archive.rows("account_risk")).isPositive();
  }

  private static void send(Archive archive, Topic topic, List<String> lines) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    for (String line : lines) {
      String group =
          topic == Topic.RISK_JOURNAL ? JSON.readTree(line).get("group").textValue() : "";
      sent.add(archive.send(topic, group, line.getBytes(StandardCharsets.UTF_8)));
    }
    for (Future<?> record : sent) {
      record.get();
    }
  }
}
