package io.sluice.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileLinesTest {
  private static final int MAX = 64 * 1024;
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Packing.class)
  void lineEndsOfBothKindsAndAMissingLastOne(Packing packing) throws IOException {
    Path file = packing.write(folder, "f", "one\r\ntwo\n\n\r\n  \nlast");

    assertThat(texts(file)).containsExactly("one", "two", "", "", "  ", "last");
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void anEmptyFileHasNoLines(Packing packing) throws IOException {
    assertThat(texts(packing.write(folder, "f", ""))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void aByteOrderMarkIsNoPartOfTheFirstLine(Packing packing) throws IOException {
    assertThat(texts(packing.write(folder, "f", "\ufeffa\n\ufeffb")))
        .containsExactly("a", "\ufeffb");
    assertThat(texts(packing.write(folder, "bare", "\ufeff"))).isEmpty();
  }

  @Test
  void whatItIsPackedWithIsToldByContentNotByName() throws IOException {
    Path gzip =
        Files.write(folder.resolve("plain.csv"), Packing.GZIP.packed("f", new byte[] {'a', '\n'}));
    Path plain = Files.writeString(folder.resolve("f.gz"), "b\n");

    assertThat(texts(gzip)).containsExactly("a");
    assertThat(texts(plain)).containsExactly("b");
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void aLineOf64KiBIsWholeAndALongerOneIsCutAndFlagged(Packing packing) throws IOException {
    String full = "x".repeat(MAX);
    String content = String.join("\n", full, full + "y", full + "\r", "z".repeat(5 * MAX), "end");
    Path file = packing.write(folder, "f", content);

    try (FileLines lines = FileLines.open(file, 0, 0)) {
      expect(lines, 1, full, false);
      expect(lines, 2, full, true);
      expect(lines, 3, full, false);
      expect(lines, 4, "z".repeat(MAX), true);
      expect(lines, 5, "end", false);
      assertThat(lines.next()).isFalse();
    }
  }

  @Test
  void aLineOf64KiBWhoseLineEndIsReadInTwoPartsIsWhole() throws IOException {
    // The buffer holds 128 KiB: the second line's carriage return is the last byte that fits.
    String full = "x".repeat(MAX);
    Path file = Packing.PLAIN.write(folder, "f", "a".repeat(MAX - 2) + "\n" + full + "\r\nend");

    try (FileLines lines = FileLines.open(file, 0, 0)) {
      expect(lines, 1, "a".repeat(MAX - 2), false);
      expect(lines, 2, full, false);
      expect(lines, 3, "end", false);
    }
  }

  @Test
  void anOverlongLastLineWithoutEndIsALineOfItsOwn() throws IOException {
    Path file = Packing.PLAIN.write(folder, "f", "a\n" + "z".repeat(3 * MAX));

    try (FileLines lines = FileLines.open(file, 0, 0)) {
      expect(lines, 1, "a", false);
      expect(lines, 2, "z".repeat(MAX), true);
      assertThat(lines.next()).isFalse();
      assertThat(lines.next()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void opensAgainBehindAnyLine(Packing packing) throws IOException {
    Random random = new Random(7);
    StringBuilder content = new StringBuilder("\ufeff");
    for (int i = 0; i < 60; i++) {
      int length = random.nextInt(10) == 0 ? MAX + random.nextInt(MAX) : random.nextInt(9000);
      content.append(String.valueOf((char) ('a' + i % 26)).repeat(length));
      content.append(i % 3 == 0 ? "\r\n" : "\n");
    }
    Path file = packing.write(folder, "f", content.toString());
    List<String> whole = texts(file);
    List<Long> offsets = new ArrayList<>();
    try (FileLines lines = FileLines.open(file, 0, 0)) {
      while (lines.next()) {
        offsets.add(lines.offset());
      }
    }

    assertThat(whole).hasSize(60);
    for (int i = 0; i < offsets.size(); i++) {
      try (FileLines lines = FileLines.open(file, i + 1, offsets.get(i))) {
        for (int next = i + 1; next < whole.size(); next++) {
          assertThat(lines.next()).isTrue();
          assertThat(lines.number()).isEqualTo(next + 1);
          assertThat(text(lines)).isEqualTo(whole.get(next));
        }
        assertThat(lines.next()).isFalse();
      }
    }
  }

  @Test
  void aGzipOfSeveralMembersIsOneFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Packing.GZIP.packed("f", "a\nb".getBytes(StandardCharsets.UTF_8)));
    bytes.write(Packing.GZIP.packed("f", "c\nd".getBytes(StandardCharsets.UTF_8)));

    assertThat(texts(Files.write(folder.resolve("f.gz"), bytes.toByteArray())))
        .containsExactly("a", "bc", "d");
  }

  @Test
  void aTruncatedGzipSaysSoBehindItsLastWholeBytes() throws IOException {
    byte[] whole = Packing.GZIP.packed("f", noise(400_000));
    for (int length : new int[] {3, whole.length / 2, whole.length - 1}) {
      Path file = Files.write(folder.resolve("f.gz"), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> texts(file))
          .isInstanceOf(InputException.class)
          .hasMessage(
              file + " is truncated: its packed data stop early; copy or download it again");
    }
  }

  @Test
  void aCorruptPackedFileSaysSo() throws IOException {
    for (Packing packing : new Packing[] {Packing.GZIP, Packing.ZIP}) {
      byte[] bytes = packing.packed("f", noise(400_000));
      bytes[bytes.length / 2] ^= 1;
      Path file = Files.write(folder.resolve("f"), bytes);

      assertThatThrownBy(() -> texts(file))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + " is corrupt or truncated: ")
          .hasMessageEndingWith("; copy or download it again");
    }
  }

  @Test
  void aTruncatedZipSaysSo() throws IOException {
    byte[] whole = Packing.ZIP.packed("f", noise(100_000));
    Path file = Files.write(folder.resolve("f.zip"), Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> texts(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("f.zip is corrupt or truncated");
  }

  @Test
  void aZipHoldsExactlyOneFileWhateverItsFolders() throws IOException {
    Path none = zipOf("none.zip");
    Path one = zipOf("one.zip", "folder/", "folder/a.csv");
    Path two = zipOf("two.zip", "a.csv", "b.csv");

    assertThat(texts(one)).containsExactly("in folder/a.csv");
    assertThatThrownBy(() -> texts(two))
        .isInstanceOf(InputException.class)
        .hasMessage(two + " is a zip of 2 files where one was expected; unpack it");
    assertThatThrownBy(() -> texts(none))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a zip of 0 files");
  }

  @Test
  void whatIsNoFileSaysWhatToDo() {
    Path missing = folder.resolve("missing.csv");

    assertThatThrownBy(() -> texts(missing))
        .isInstanceOf(InputException.class)
        .hasMessage(missing + " does not exist; check the path");
    assertThatThrownBy(() -> texts(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + " is a directory; name the files in it");
  }

  @Test
  void anUnreadableFileSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "a");
    assumeFalse(
        file.toFile().setReadable(false) && Files.isReadable(file), "root reads everything");

    assertThatThrownBy(() -> texts(file))
        .isInstanceOf(InputException.class)
        .hasMessage(file + " may not be read; check its permissions");
  }

  private Path zipOf(String name, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        if (!entry.endsWith("/")) {
          zip.write(("in " + entry).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static void expect(FileLines lines, long number, String text, boolean tooLong)
      throws InputException {
    assertThat(lines.next()).isTrue();
    assertThat(lines.number()).isEqualTo(number);
    assertThat(text(lines)).isEqualTo(text);
    assertThat(lines.isTooLong()).isEqualTo(tooLong);
  }

  private static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    try (FileLines lines = FileLines.open(file, 0, 0)) {
      while (lines.next()) {
        texts.add(text(lines));
      }
    }
    return texts;
  }

  private static String text(FileLines lines) {
    int length = lines.to() - lines.from();
    return new String(lines.bytes(), lines.from(), length, StandardCharsets.UTF_8);
  }
}
