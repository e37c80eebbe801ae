package io.sluice.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checkpoints and savepoints that jobs have left in a folder. */
public final class Checkpoints {
  /** A folder per job, in it one per checkpoint, in it the file that is written last. */
  private static final int DEPTH = 3;

  private Checkpoints() {}

  /** The newest complete one; empty where there is none, or no folder. */
  public static Optional<Path> newestIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(
              Comparator.comparingLong(Checkpoints::modified)
                  .thenComparing(Comparator.naturalOrder()))
          .map(Path::getParent);
    }
  }

  /** The newest complete one of several folders. */
  public static Optional<Path> newestIn(List<Path> folders) throws IOException {
    Optional<Path> newest = Optional.empty();
    for (Path folder : folders) {
      newest =
          Stream.concat(newest.stream(), newestIn(folder).stream())
              .max(Comparator.comparingLong(found -> modified(found.resolve("_metadata"))));
    }
    return newest;
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
