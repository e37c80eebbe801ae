package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a broker keeps its data: a folder given, or a temporary one. */
public record Folder(Path path, boolean isTemporary) {

  static Folder of(Path given) throws IOException {
    return given == null
        ? new Folder(Files.createTempDirectory("sluice-kafka-"), true)
        : new Folder(Files.createDirectories(given.toAbsolutePath()), false);
  }

  void deleteIfTemporary() throws IOException {
    if (isTemporary) {
      delete(path);
    }
  }

  /** Deletes a folder and all in it. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
