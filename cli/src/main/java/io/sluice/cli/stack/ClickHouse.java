package io.sluice.cli.stack;

import io.sluice.sinks.clickhouse.ClickHouseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The real ClickHouse engine in a process of its own, which ends with this one however that ends.
 *
 * <pre>{@code
 * try (ClickHouse clickHouse = ClickHouse.start()) {
 *   migrate(clickHouse.settings("sluice"));
 * }
 * }</pre>
 */
public final class ClickHouse implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final int ATTEMPTS = 3;

  private final ClickHousePackage program;
  private final ClickHouseOptions options;
  private final Folder folder;
  private final Thread onExit = new Thread(this::end, "clickhouse-end");
  private ClickHouseProcess process;
  private boolean isClosed;

  private ClickHouse(ClickHousePackage program, ClickHouseOptions options, Folder folder) {
    this.program = program;
    this.options = options;
    this.folder = folder;
  }

  /** With a free port and a temporary folder. */
  public static ClickHouse start() throws IOException, InterruptedException {
    return start(ClickHouseOptions.temporary(), line -> {});
  }

  /**
   * Starts it and waits until it answers, after having it installed where that is needed. It logs
   * to {@code clickhouse.log} in its folder.
   *
   * @param progress told a line when there is something to wait for
   * @throws StackException when it does not start: what is wrong and the end of its log
   */
  public static ClickHouse start(ClickHouseOptions given, Consumer<String> progress)
      throws IOException, InterruptedException {
    ClickHousePackage program = ClickHousePackage.installed(progress);
    for (int attempt = 1; ; attempt++) {
      Folder folder = folder(given.folder());
      ClickHouseOptions options = given.in(folder.path()).at(FreePort.orAny(given.port(), 0));
      ClickHouse clickHouse = new ClickHouse(program, options, folder);
      Runtime.getRuntime().addShutdownHook(clickHouse.onExit);
      try {
        clickHouse.launch();
        return clickHouse;
      } catch (StackException e) {
        clickHouse.close();
        // Somebody may have taken a free port between its choice and its use.
        boolean isRetried =
            given.port() == 0 && attempt < ATTEMPTS && e.getMessage().contains("in use");
        if (!isRetried) {
          throw e;
        }
      } catch (IOException | InterruptedException | RuntimeException e) {
        clickHouse.close();
        throw e;
      }
    }
  }

  private static Folder folder(Path given) throws IOException {
    return given == null
        ? new Folder(Files.createTempDirectory("sluice-clickhouse-"), true)
        : Folder.of(given);
  }

  private void launch() throws IOException, InterruptedException {
    begin().awaitAnswer(START);
  }

  private synchronized ClickHouseProcess begin() throws IOException {
    if (isClosed) {
      throw new IllegalStateException("ClickHouse is closed; start another one");
    }
    process =
        ClickHouseProcess.start(
            program, options, log(), folder.isTemporary() ? Life.TEMPORARY : Life.BOUND);
    return process;
  }

  /** Where clients reach it; the same after a restart. */
  public String url() {
    return options.url();
  }

  /** How clients reach a database of it. */
  public ClickHouseSettings settings(String database) {
    return new ClickHouseSettings(
        url(), database, Map.of("user", options.user(), "password", options.password()));
  }

  public long pid() {
    return process.handle().pid();
  }

  /** Where it logs what goes wrong. */
  public Path log() {
    return folder.path().resolve("clickhouse.log");
  }

  /** Ends it in good order; its data stays, unless its folder is a temporary one. */
  public synchronized void stop() {
    if (process != null) {
      process.stop();
    }
  }

  /** Ends it at once, as kill -9 does; its data stays. */
  public synchronized void kill() {
    process.kill();
  }

  /**
   * Starts it again after {@link #stop} or {@link #kill}, at the same port and with the same
   * folder, and waits until it answers.
   */
  public void restart() throws IOException, InterruptedException {
    if (process.handle().isAlive()) {
      throw new IllegalStateException("ClickHouse runs; stop() or kill() it before restart()");
    }
    launch();
  }

  /** Ends it and deletes its folder if that is a temporary one. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException alreadyExiting) {
      return;
    }
    end();
  }

  private synchronized void end() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    stop();
    try {
      folder.deleteIfTemporary();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
