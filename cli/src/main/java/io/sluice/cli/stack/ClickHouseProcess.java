package io.sluice.cli.stack;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** ClickHouse's process: how it is started, when it answers, and why it did not. */
final class ClickHouseProcess {
  private static final int ANSWER_MS = 10_000;

  private final ChildProcess process;
  private final ClickHouseOptions options;

  private ClickHouseProcess(ChildProcess process, ClickHouseOptions options) {
    this.process = process;
    this.options = options;
  }

  /**
   * Starts it; it does not answer yet.
   *
   * @param options with a folder and a port
   * @param life what becomes of it when this process ends
   */
  static ClickHouseProcess start(
      ClickHousePackage program, ClickHouseOptions options, Path log, Life life)
      throws IOException {
    if (!FreePort.isFree(options.port())) {
      throw new StackException(
          "port "
              + options.port()
              + " of this machine is in use: stop what listens there, or choose another port or 0"
              + " for any free one");
    }
    List<String> command = new ArrayList<>();
    if (life == Life.DETACHED) {
      ChildProcess.outliving(command);
    }
    command.add(program.node().toString());
    command.add(program.server().toString());
    command.add(options.folder().toString());
    command.add(String.valueOf(options.port()));
    if (life != Life.DETACHED) {
      command.add(life == Life.TEMPORARY ? "--temporary" : "--with-parent");
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    if (life == Life.DETACHED) {
      builder.redirectInput(new File("/dev/null"));
    }
    // Not as arguments: those are for all to see.
    builder.environment().put("CLICKHOUSE_USER", options.user());
    builder.environment().put("CLICKHOUSE_PASSWORD", options.password());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ClickHouseProcess(new ChildProcess("ClickHouse", builder.start(), log), options);
  }

  /**
   * Waits until a client gets an answer.
   *
   * @throws StackException when the process ends before, or the time is over; it says what was
   *     logged last
   */
  void awaitAnswer(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!answers()) {
      process.awaitStart(deadline, "does not answer at " + options.url());
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection ping =
          (HttpURLConnection) URI.create(options.url() + "/ping").toURL().openConnection();
      ping.setConnectTimeout(ANSWER_MS);
      ping.setReadTimeout(ANSWER_MS);
      try {
        return ping.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        ping.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  ProcessHandle handle() {
    return process.handle();
  }

  /** Ends it in good order, and when that takes too long, at once. */
  void stop() {
    process.stop();
  }

  /** Ends it at once, as kill -9 does. */
  void kill() {
    process.kill();
  }
}
