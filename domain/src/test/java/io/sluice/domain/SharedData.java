package io.sluice.domain;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Recorded data beside the repository: {@code ../shared/data} seen from its root, or the folder
 * named by the system property {@code sluice.shared.data}. Tests that ask for a missing file are
 * skipped.
 */
public final class SharedData {

  private static final String PROPERTY = "sluice.shared.data";

  private SharedData() {}

  /** The lines of a text file, unpacked if its name ends with .gz. */
  public static List<String> lines(String path) {
    Path file = folder().resolve(path);
    assumeTrue(Files.isRegularFile(file), "skipped: there is no " + file);
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = path.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a CSV file without quoting, by the names of its header. */
  public static List<Map<String, String>> rows(String path) {
    List<String> lines = lines(path);
    String[] names = lines.get(0).split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int column = 0; column < names.length; column++) {
        row.put(names[column], cells[column]);
      }
      rows.add(row);
    }
    return rows;
  }

  private static Path folder() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path above = start; above != null; above = above.getParent()) {
      if (Files.isDirectory(above.resolve("shared/data"))) {
        return above.resolve("shared/data");
      }
    }
    return start.resolve("../shared/data");
  }
}
