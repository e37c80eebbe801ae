package io.sluice.cli.live;

import io.sluice.cli.stack.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/**
 * What Flink needs on disk only as long as it runs in this JVM: below its job's own folder, where
 * the next start clears away what a killed one has left.
 */
final class FlinkScratch {
  private static final int PATIENCE_MS = 5_000;
  private static final int POLL_MS = 20;

  private final Path path;

  private FlinkScratch(Path path) {
    this.path = path;
  }

  /**
   * @param folder the job's own; nobody else runs in it
   */
  static FlinkScratch in(Path folder) throws IOException {
    FlinkScratch scratch = new FlinkScratch(folder.resolve("tmp").toAbsolutePath());
    Folder.delete(scratch.path);
    Files.createDirectories(scratch.path);
    return scratch;
  }

  void tell(Configuration flink) {
    flink.set(CoreOptions.TMP_DIRS, path.toString());
  }

  /** Lets Flink clear up behind its job, which it does a moment later, and removes the rest. */
  void clear() throws InterruptedException {
    try {
      for (int waited = 0; waited < PATIENCE_MS && !isEmpty(); waited += POLL_MS) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
      Folder.delete(path);
    } catch (IOException inUse) {
      // The next start clears it away.
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }
}
