package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that something is held against. With {@code -Dsluice.record=true} it is written, where
 * that may be.
 */
public final class SnapshotFile {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private SnapshotFile() {}

  static boolean isRecording() {
    return Boolean.getBoolean("sluice.record");
  }

  /** One of the test resources. */
  static Path of(String name) {
    return RESOURCES.resolve(name);
  }

  /**
   * @param whatToDo where it is something else; the end of the failure's message
   */
  public static void require(Path file, String actual, String whatToDo) throws IOException {
    if (isRecording()) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    String stored = Files.exists(file) ? Files.readString(file) : "";
    assertThat(actual)
        .withFailMessage(
            () ->
                "%s has\n%s\nand now it is\n%s\n%s"
                    .formatted(file.toAbsolutePath(), stored, actual, whatToDo))
        .isEqualTo(stored);
  }
}
