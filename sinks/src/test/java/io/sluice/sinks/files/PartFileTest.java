package io.sluice.sinks.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
  private static final OutputLine FIRST = OutputLine.journal("firm", 1, bytes("{\"seq\":1}"));
  private static final OutputLine SECOND = OutputLine.decision("firm", 1, 0, bytes("{}"));
  private static final OutputLine LAST = OutputLine.deadLetter(0, 3, "t", bytes("{\"offset\":3}"));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("part-0.bin");
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    OutputLine larger =
        OutputLine.event(1, "HALT", "firm", "e", new byte[1_000_000]); // than any buffer
    try (PartWriter writer = PartWriter.create(file)) {
      writer.append(FIRST);
      writer.sync();
      writer.append(larger);
      writer.append(LAST);
      writer.sync();
    }

    assertThat(read()).containsExactly(FIRST, larger, LAST);
  }

  @Test
  void isOnDiskAfterSyncAloneAndReadableWhileBeingWritten() throws IOException {
    try (PartWriter writer = PartWriter.create(file)) {
      writer.append(FIRST);
      assertThat(Files.size(file)).isZero();
      writer.sync();
      assertThat(read()).containsExactly(FIRST);
      long size = Files.size(file);
      writer.sync();
      assertThat(Files.size(file)).as("nothing to mark a second time").isEqualTo(size);
    }
  }

  @Test
  void isNeverWrittenOver() throws IOException {
    PartWriter.create(file).close();

    assertThatThrownBy(() -> PartWriter.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void losesOnlyTheTornLineWhereverItIsTorn() throws IOException {
    int whole = write(true, FIRST, SECOND);
    byte[] part = appendUnmarked(LAST);

    for (int length = whole; length < part.length; length++) {
      Files.write(file, Arrays.copyOf(part, length));
      assertThat(read()).as("cut at %d", length).containsExactly(FIRST, SECOND);
    }
    Files.write(file, part);
    assertThat(read()).containsExactly(FIRST, SECOND, LAST);
  }

  @Test
  void readsAPartTornAnywhereAsABeginningOfIt() throws IOException {
    int length = write(true, FIRST, SECOND, LAST);
    byte[] part = Files.readAllBytes(file);

    for (int cut = 0; cut < length; cut++) {
      Files.write(file, Arrays.copyOf(part, cut));
      List<OutputLine> lines = read();
      assertThat(lines)
          .as("cut at %d", cut)
          .isEqualTo(List.of(FIRST, SECOND, LAST).subList(0, lines.size()));
    }
  }

  @Test
  void passesOverDamageBehindTheLastMark() throws IOException {
    int marked = write(true, FIRST);
    byte[] part = appendUnmarked(SECOND, LAST);

    for (int at = marked; at < part.length; at++) {
      Files.write(file, damaged(part, at));
      assertThat(read()).as("damaged at %d", at).startsWith(FIRST).doesNotHaveDuplicates();
    }
  }

  @Test
  void refusesDamageAnywhereInFrontOfAMark() throws IOException {
    int length = write(true, FIRST, SECOND);
    byte[] part = Files.readAllBytes(file);
    int mark = length - PartFormat.FRAME_HEAD_BYTES - Long.BYTES - PartFormat.CRC_BYTES;

    for (int at = 0; at < mark; at++) {
      Files.write(file, damaged(part, at));
      assertThatThrownBy(this::read)
          .as("damaged at %d", at)
          .isInstanceOf(DamagedPartException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void losesNothingWhenTheMarkItselfIsTorn() throws IOException {
    int length = write(true, FIRST, SECOND);
    byte[] part = Files.readAllBytes(file);

    for (int missing = 1; missing <= PartFormat.CRC_BYTES + Long.BYTES; missing++) {
      Files.write(file, Arrays.copyOf(part, length - missing));
      assertThat(read()).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void refusesAFormatItDoesNotKnow() throws IOException {
    write(true, FIRST);
    byte[] part = Files.readAllBytes(file);
    part[PartFormat.MAGIC.length] = 2;
    Files.write(file, part);

    assertThatThrownBy(this::read)
        .isInstanceOf(DamagedPartException.class)
        .hasMessageContaining("its format is 2");
  }

  /** Returns the length of the part. */
  private int write(boolean sync, OutputLine... lines) throws IOException {
    Files.deleteIfExists(file);
    try (PartWriter writer = PartWriter.create(file)) {
      for (OutputLine line : lines) {
        writer.append(line);
      }
      if (sync) {
        writer.sync();
      } else {
        writer.flush();
      }
    }
    return (int) Files.size(file);
  }

  /** The part of {@link #write} with more lines behind it, as a killed process leaves them. */
  private byte[] appendUnmarked(OutputLine... lines) throws IOException {
    byte[] marked = Files.readAllBytes(file);
    int length = write(false, lines);
    byte[] more = Files.readAllBytes(file);
    int moreBytes = length - PartFormat.HEADER_BYTES;
    byte[] part = Arrays.copyOf(marked, marked.length + moreBytes);
    System.arraycopy(more, PartFormat.HEADER_BYTES, part, marked.length, moreBytes);
    Files.write(file, part);
    return part;
  }

  private List<OutputLine> read() throws IOException {
    List<OutputLine> lines = new ArrayList<>();
    try (PartReader reader = PartReader.open(file)) {
      for (OutputLine line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static byte[] damaged(byte[] part, int at) {
    byte[] damaged = part.clone();
    damaged[at] ^= 0x55;
    return damaged;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
