package io.sluice.sinks.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputAssemblyTest {
  private static final EnumSet<OutputFile> ALWAYS_THERE =
      EnumSet.complementOf(EnumSet.of(OutputFile.BARS, OutputFile.SCORES));

  private static final LineVisitor NOBODY = (file, line) -> {};

  @TempDir Path folder;
  private Path scratch;
  private Path out;

  @BeforeEach
  void nameTheFolders() throws IOException {
    scratch = Files.createDirectory(folder.resolve("scratch"));
    out = folder.resolve("a").resolve("out");
  }

  /** From every line a run of its own to all of them in memory. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2_000, 1 << 30})
  void sortsTheLinesOfAllPartsAndDropsRepeats(long sortMemoryBytes) throws IOException {
    Random random = new Random(1);
    List<OutputLine> lines = new ArrayList<>();
    for (int seq = 1; seq <= 100; seq++) {
      lines.add(OutputLine.decision("desk" + seq % 3, seq, 0, bytes("decision " + seq)));
      lines.add(OutputLine.journal("firm", seq, bytes("journal " + seq)));
      lines.add(OutputLine.event(seq / 2, "HALT", "firm", "e" + seq, bytes("event " + seq)));
    }
    List<String> decisions = new ArrayList<>();
    for (int group = 0; group < 3; group++) {
      for (int seq = 1; seq <= 100; seq++) {
        if (seq % 3 == group) {
          decisions.add("decision " + seq);
        }
      }
    }
    for (int attempt = 0; attempt < 3; attempt++) {
      Collections.shuffle(lines, random);
      part("part-0-" + attempt + ".bin", lines.subList(0, 150 + 75 * attempt));
    }
    List<String> visited = new ArrayList<>();

    try (OutputAssembly assembly = open(sortMemoryBytes)) {
      assembly.assemble(scratch, (file, line) -> visited.add(file + " " + text(line)));
      assembly.publish();
    }

    assertThat(lines("decisions.jsonl")).isEqualTo(decisions);
    assertThat(lines("journal.jsonl"))
        .hasSize(100)
        .startsWith("journal 1", "journal 2")
        .endsWith("journal 99", "journal 100");
    assertThat(lines("events.jsonl")).hasSize(100).startsWith("event 1", "event 2", "event 3");
    assertThat(out.resolve("deadletter.jsonl")).isEmptyFile();
    List<String> written = new ArrayList<>();
    for (OutputFile file : ALWAYS_THERE) {
      lines(file.fileName()).forEach(line -> written.add(file + " " + line));
    }
    assertThat(visited).isEqualTo(written);
    assertThat(names(scratch)).allMatch(name -> name.startsWith("part-")).hasSize(3);
  }

  @Test
  void endsEveryLineWithALineFeed() throws IOException {
    part("part-0.bin", List.of(journal(2, "b"), journal(1, "a"), journal(2, "b")));

    assemble();

    assertThat(out.resolve("journal.jsonl")).hasBinaryContent(bytes("a\nb\n"));
  }

  @Test
  void leavesEmptyFilesForAJobWithoutLines() throws IOException {
    part("part-0.bin", List.of());
    Files.createFile(scratch.resolve("part-1-killed-before-its-header.bin"));

    assemble();

    for (OutputFile file : ALWAYS_THERE) {
      assertThat(out.resolve(file.fileName())).isEmptyFile();
    }
    assertThat(out.resolve("bars.jsonl")).doesNotExist();
  }

  @Test
  void barsComeBehindEachOtherInstrumentByInstrument() throws IOException {
    part(
        "part-0.bin",
        List.of(
            OutputLine.bar("b", 1, 1, bytes("b")),
            OutputLine.bar("a", 60, 60, bytes("minute")),
            OutputLine.bar("a", 60, 1, bytes("second"))));

    assemble();

    assertThat(lines("bars.jsonl")).containsExactly("second", "minute", "b");
  }

  @Test
  void refusesAFolderNoJobHasWrittenTo() {
    assertThatThrownBy(this::assemble)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(scratch.toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1 << 30})
  void refusesTwoDifferentLinesUnderOneKey(long sortMemoryBytes) throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("journal.jsonl"), "earlier\n");
    part("part-0.bin", List.of(journal(1, "a"), journal(7, "{\"qty\":\"1\"}")));
    part("part-1.bin", List.of(journal(7, "{\"qty\":\"2\"}"), journal(1, "a")));

    assertThatThrownBy(
            () -> {
              try (OutputAssembly assembly = open(sortMemoryBytes)) {
                assembly.assemble(scratch, NOBODY);
                assembly.publish();
              }
            })
        .isInstanceOf(OutputConflictException.class)
        .hasMessageContaining("journal.jsonl")
        .hasMessageContaining("(\"firm\", 7)")
        .hasMessageContaining("{\"qty\":\"1\"}")
        .hasMessageContaining("{\"qty\":\"2\"}");

    assertThat(names(out)).containsExactly("journal.jsonl");
    assertThat(out.resolve("journal.jsonl")).hasContent("earlier");
    assertThat(names(scratch)).containsExactly("part-0.bin", "part-1.bin");
  }

  @Test
  void takesALineThatIsTheBeginningOfAnotherForADifferentOne() throws IOException {
    part("part-0.bin", List.of(journal(7, "ab"), journal(7, "abc")));

    assertThatThrownBy(this::assemble).isInstanceOf(OutputConflictException.class);
  }

  @Test
  void takesTheSameKeyInTwoFilesForTwoLines() throws IOException {
    byte[] key = new SortKey().number(0).number(1).bytes();
    part(
        "part-0.bin",
        List.of(
            new OutputLine(OutputFile.JOURNAL, key, bytes("a")),
            new OutputLine(OutputFile.DEADLETTER, key, bytes("b"))));

    assemble();

    assertThat(lines("journal.jsonl")).containsExactly("a");
    assertThat(lines("deadletter.jsonl")).containsExactly("b");
  }

  @Test
  void showsNothingUnderAFinalNameBeforeItIsPublished() throws IOException {
    part("part-0.bin", List.of(journal(1, "new")));
    Files.createDirectories(out);
    Files.writeString(out.resolve("journal.jsonl"), "earlier\n");

    try (OutputAssembly assembly = OutputAssembly.into(out)) {
      assembly.assemble(
          scratch, (file, line) -> assertThat(out.resolve("journal.jsonl")).hasContent("earlier"));
      assembly.write("summary.json", bytes("{}"));
      assertThat(out.resolve("journal.jsonl")).hasContent("earlier");
      assertThat(out.resolve("decisions.jsonl")).doesNotExist();
      assertThat(out.resolve("summary.json")).doesNotExist();
      assembly.publish();
    }

    assertThat(lines("journal.jsonl")).containsExactly("new");
    assertThat(names(out))
        .containsExactly(
            "deadletter.jsonl", "decisions.jsonl", "events.jsonl", "journal.jsonl", "summary.json");
  }

  @Test
  void leavesNoTraceUnpublished() throws IOException {
    part("part-0.bin", List.of(journal(1, "new")));

    try (OutputAssembly assembly = OutputAssembly.into(out)) {
      assembly.assemble(scratch, NOBODY);
      assembly.write("summary.json", bytes("{}"));
      assertThat(names(out)).hasSize(5);
    }

    assertThat(names(out)).isEmpty();
  }

  @Test
  void renamesNothingIfOneRenameCannotSucceed() throws IOException {
    part("part-0.bin", List.of(journal(1, "new")));
    Files.createDirectories(out.resolve("summary.json"));
    Files.writeString(out.resolve("journal.jsonl"), "earlier\n");

    assertThatThrownBy(
            () -> {
              try (OutputAssembly assembly = OutputAssembly.into(out)) {
                assembly.assemble(scratch, NOBODY);
                assembly.write("summary.json", bytes("{}"));
                assembly.publish();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("summary.json");

    assertThat(names(out)).containsExactly("journal.jsonl", "summary.json");
    assertThat(out.resolve("journal.jsonl")).hasContent("earlier");
  }

  @Test
  void writesOverWhatAKilledAssemblyLeft() throws IOException {
    part("part-0.bin", List.of(journal(1, "a"), journal(2, "b")));
    Files.writeString(scratch.resolve("run-0.tmp"), "half a run");
    Files.createDirectories(out);
    Files.writeString(out.resolve(".journal.jsonl.tmp"), "half a journal, and longer\n");

    try (OutputAssembly assembly = open(1)) {
      assembly.assemble(scratch, NOBODY);
      assembly.publish();
    }

    assertThat(out.resolve("journal.jsonl")).hasBinaryContent(bytes("a\nb\n"));
    assertThat(names(out)).hasSize(4);
    assertThat(names(scratch)).containsExactly("part-0.bin");
  }

  @Test
  void noticesARunThatLostLines() throws IOException {
    part("part-0.bin", List.of(journal(1, "a"), journal(2, "b")));

    try (LineSorter sorter = new LineSorter(scratch, 1)) {
      sorter.add(journal(1, "a"));
      Path run = scratch.resolve("run-0.tmp");
      byte[] bytes = Files.readAllBytes(run);
      Files.write(run, Arrays.copyOf(bytes, bytes.length - 1));
      assertThatThrownBy(sorter::next).isInstanceOf(DamagedPartException.class);
    }
  }

  private OutputAssembly open(long sortMemoryBytes) throws IOException {
    OutputAssembly.checkWritable(out);
    return new OutputAssembly(out, sortMemoryBytes);
  }

  private void assemble() throws IOException {
    try (OutputAssembly assembly = OutputAssembly.into(out)) {
      assembly.assemble(scratch, NOBODY);
      assembly.publish();
    }
  }

  private void part(String name, List<OutputLine> lines) throws IOException {
    try (PartWriter writer = PartWriter.create(scratch.resolve(name))) {
      for (OutputLine line : lines) {
        writer.append(line);
      }
      writer.sync();
    }
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(out.resolve(name));
  }

  private static OutputLine journal(long seq, String line) {
    return OutputLine.journal("firm", seq, bytes(line));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
