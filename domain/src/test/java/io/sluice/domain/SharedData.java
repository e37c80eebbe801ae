package io.sluice.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Published data that lies beside the repository; a test that needs it is skipped where it is
 * missing.
 */
public final class SharedData {
  private SharedData() {}

  /** The lines of a file of the folder, plain or gzip. */
  public static List<String> lines(String name) {
    Path file = folder().resolve(name);
    Assumptions.assumeTrue(
        Files.isReadable(file),
        () -> file + " is missing; give its folder with -Dsluice.shared.data");
    try (var in = Files.newInputStream(file);
        var reader =
            new BufferedReader(
                new InputStreamReader(
                    name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String given = System.getProperty("sluice.shared.data");
    if (given != null) {
      return Path.of(given);
    }
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.exists(root.resolve(".mvn"))) {
      root = root.getParent();
    }
    return root.resolve("../shared/data").normalize();
  }
}
