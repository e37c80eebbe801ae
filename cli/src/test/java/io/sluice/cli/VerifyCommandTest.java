package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that was tampered with does not verify, and the place is named. */
class VerifyCommandTest {
  @TempDir static Path replayed;
  @TempDir Path folder;
  private static Path heads;
  private static List<String> original;

  private List<String> lines;

  @BeforeAll
  static void replay() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("replay"));
    arguments.addAll(Scenario.write(3, replayed.resolve("inputs"), true, 800));
    arguments.addAll(List.of("--out", replayed.resolve("out").toString()));
    Cli.done(arguments.toArray());
    heads = replayed.resolve("out").resolve("summary.json");
    original = Files.readAllLines(replayed.resolve("out").resolve("journal.jsonl"));
  }

  @BeforeEach
  void copy() {
    lines = new ArrayList<>(original);
  }

  private Path journal() throws IOException {
    return Files.write(folder.resolve("journal.jsonl"), lines);
  }

  /** The one finding, as group, seq and field. */
  private String finding() throws IOException {
    Cli.Run run = Cli.run("verify", "--journal", journal(), "--heads", heads, "--json");
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
    JsonNode result = Results.json(run.out());
    assertThat(result.path("verified").booleanValue()).isFalse();
    assertThat(result.path("findings")).hasSize(1);
    JsonNode finding = result.path("findings").get(0);
    Cli.Run plain = Cli.run("verify", "--journal", journal(), "--heads", heads);
    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.out()).contains("does NOT verify", finding.path("problem").asText());
    return finding.path("group").asText()
        + " "
        + finding.path("seq").asText()
        + " "
        + finding.path("field").asText();
  }

  /** An index in the middle of a group, of a line with a decision that approves. */
  private int approval() {
    for (int i = 20; i < lines.size() - 2; i++) {
      boolean isInside =
          group(i - 1).equals(group(i))
              && group(i + 1).equals(group(i))
              && group(i + 2).equals(group(i));
      if (isInside && lines.get(i).contains("\"verdict\":\"ALLOW\",\"approved_qty\":\"")) {
        return i;
      }
    }
    throw new AssertionError("no approval in the journal");
  }

  private String group(int i) {
    return Results.json(lines.get(i)).path("group").asText();
  }

  private String place(int i) {
    return group(i) + " " + Results.json(lines.get(i)).path("seq").asText();
  }

  @Test
  void aGoodJournal() throws IOException {
    Cli.Run run = Cli.run("verify", "--journal", journal(), "--heads", heads);
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).contains("verified: ");
    Cli.Run withoutHeads = Cli.run("verify", "--journal", journal());
    assertThat(withoutHeads.code()).isZero();
    assertThat(withoutHeads.out()).contains("a cut tail would not be noticed");
  }

  @Test
  void anEditedDecision() throws IOException {
    int at = approval();
    lines.set(at, lines.get(at).replaceFirst("\"verdict\":\"ALLOW\"", "\"verdict\":\"DENY\""));
    assertThat(finding()).isEqualTo(place(at) + " decisions[0].verdict");
  }

  @Test
  void anEditedInput() throws IOException {
    int at = approval();
    lines.set(at, lines.get(at).replaceFirst("\"strategy\":\"m[mr]\"", "\"strategy\":\"other\""));
    assertThat(finding()).startsWith(place(at) + " ");
  }

  @Test
  void everyEditedByteOfALine() throws IOException {
    int at = approval();
    String line = lines.get(at);
    for (int i = 0; i < line.length(); i += 97) {
      char other = line.charAt(i) == '1' ? '2' : '1';
      lines.set(at, line.substring(0, i) + other + line.substring(i + 1));
      Cli.Run run = Cli.run("verify", "--journal", journal());
      assertThat(run.code()).as("byte %s of %s", i, line).isEqualTo(1);
      assertThat(run.out()).contains("(line " + (at + 1) + ")");
    }
  }

  @Test
  void aDeletedLine() throws IOException {
    int at = approval();
    String place = place(at);
    lines.remove(at);
    assertThat(finding()).isEqualTo(place + " seq");
  }

  @Test
  void swappedLines() throws IOException {
    int at = approval();
    String place = place(at);
    Collections.swap(lines, at, at + 1);
    assertThat(finding()).isEqualTo(place + " seq");
  }

  @Test
  void aDuplicatedLine() throws IOException {
    int at = approval();
    lines.add(at, lines.get(at));
    assertThat(finding()).isEqualTo(place(at) + " seq");
  }

  @Test
  void anInsertedLine() throws IOException {
    int at = approval();
    lines.add(at + 1, lines.get(at).replace("\"sub\":0", "\"sub\":7"));
    assertThat(finding()).isEqualTo(place(at) + " seq");
    lines = new ArrayList<>(original);
    lines.add(at + 1, "");
    assertThat(finding()).startsWith("? 0 ");
  }

  @Test
  void aCutTail() throws IOException {
    String place = place(lines.size() - 1);
    lines.remove(lines.size() - 1);
    assertThat(finding()).isEqualTo(place + " seq");
    assertThat(Cli.run("verify", "--journal", journal()).code()).isZero();
  }

  @Test
  void aLastLineCutShort() throws IOException {
    int last = lines.size() - 1;
    lines.set(last, lines.get(last).substring(0, 50));
    assertThat(finding()).startsWith("? 0 ");
  }

  @Test
  void aGroupThatIsMissing() throws IOException {
    lines.removeIf(line -> line.startsWith("{\"group\":\"gamma\""));
    assertThat(finding()).isEqualTo("gamma 1 seq");
  }

  @Test
  void anEmptyJournal() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jsonl"));
    assertThat(Cli.run("verify", "--journal", empty).code()).isEqualTo(3);
    assertThat(Cli.run("verify", "--journal", empty, "--heads", heads).code()).isEqualTo(1);
  }

  @Test
  void filesThatAreNoJournals() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "hello\n");
    Path decisions = replayed.resolve("out").resolve("decisions.jsonl");
    for (Path file : List.of(text, decisions)) {
      Cli.Run run = Cli.run("verify", "--journal", file);
      assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
      assertThat(run.out()).contains("(line 1)");
    }
    for (Path file : List.of(folder.resolve("none"), folder)) {
      Cli.Run run = Cli.run("verify", "--journal", file);
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.complaints()).hasSize(1);
      assertThat(run.err()).contains(file.toString());
    }
  }

  @Test
  void headsThatAreNone() throws IOException {
    for (String content : List.of("", "{}", "[]", "{\"heads\":{}}", "{\"heads\":1}")) {
      Path file = Files.writeString(folder.resolve("heads.json"), content);
      Cli.Run run = Cli.run("verify", "--journal", journal(), "--heads", file);
      assertThat(run.code()).as(content).isEqualTo(3);
      assertThat(run.complaints()).hasSize(1);
    }
    Path none = folder.resolve("none.json");
    assertThat(Cli.run("verify", "--journal", journal(), "--heads", none).code()).isEqualTo(3);
  }

  @Test
  void headsOfAnotherReplay() throws IOException {
    String text = Files.readString(heads);
    String hash = Results.json(text).path("heads").path("alpha").path("hash").asText();
    for (Map.Entry<String, String> edit :
        Map.of(hash, "0".repeat(64), "\"alpha\":{\"seq\"", "\"omega\":{\"seq\"").entrySet()) {
      Path other =
          Files.writeString(
              folder.resolve("other.json"), text.replace(edit.getKey(), edit.getValue()));
      Cli.Run run = Cli.run("verify", "--journal", journal(), "--heads", other);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("alpha");
    }
  }
}
