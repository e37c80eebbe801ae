package io.sluice.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is gone when it is closed, or when the JVM exits before that. */
public final class TemporaryFolder implements AutoCloseable {
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final Thread onExit = new Thread(this::delete, "temporary-folder");

  /**
   * @param prefix of its name, to know it by
   */
  public TemporaryFolder(String prefix) throws IOException {
    this.path = Files.createTempDirectory(prefix);
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException alreadyExiting) {
      return;
    }
    delete();
  }

  /** Whoever wrote into it may still be writing when the JVM goes down. */
  private void delete() {
    for (int attempt = 1; Files.exists(path); attempt++) {
      try {
        Folder.delete(path);
      } catch (IOException | UncheckedIOException e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException(path + " cannot be deleted: " + e.getMessage(), e);
        }
      }
    }
  }
}
