package io.sluice.cli.stack;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.TopicsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The broker's process: how it is started, when it answers, and why it did not. */
final class BrokerProcess {
  /** Names the file with the broker's class path; its classes lie beside that file. */
  static final String CLASS_PATH_PROPERTY = "sluice.broker.classpath";

  /** Set for this process, it holds for the broker too. */
  static final String LOG_LEVEL_PROPERTY = "sluice.log";

  static final String MAIN = "io.sluice.broker.Broker";

  private final ChildProcess process;
  private final BrokerOptions options;

  private BrokerProcess(ChildProcess process, BrokerOptions options) {
    this.process = process;
    this.options = options;
  }

  /**
   * Starts it; it does not answer yet.
   *
   * @param options with a data folder and ports
   * @param life what becomes of it when this process ends
   */
  static BrokerProcess start(BrokerOptions options, Path log, Life life) throws IOException {
    refuseUsed(options.port());
    refuseUsed(options.controllerPort());
    Files.createDirectories(options.data());
    List<String> command = new ArrayList<>();
    if (life == Life.DETACHED) {
      ChildProcess.outliving(command);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(Jvm.inherited(Jvm.COMPILER));
    String level = System.getProperty(LOG_LEVEL_PROPERTY);
    if (level != null) {
      command.add("-D" + LOG_LEVEL_PROPERTY + "=" + level);
    }
    command.addAll(List.of(MAIN, options.data().toString()));
    command.add(String.valueOf(options.port()));
    command.add(String.valueOf(options.controllerPort()));
    if (life != Life.DETACHED) {
      command.add(life == Life.TEMPORARY ? "--temporary" : "--with-parent");
    }
    options.server().forEach((key, value) -> command.add(key + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Not as an argument: the command line stays short enough to be read back from the system.
    builder.environment().put("CLASSPATH", classPath());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (life == Life.DETACHED) {
      builder.redirectInput(new File("/dev/null"));
    }
    return new BrokerProcess(new ChildProcess("the Kafka broker", builder.start(), log), options);
  }

  private static void refuseUsed(int port) {
    if (!FreePort.isFree(port)) {
      throw new StackException(
          "port "
              + port
              + " of this machine is in use: stop what listens there, or choose another port or 0"
              + " for any free one");
    }
  }

  private static String classPath() throws IOException {
    String name = System.getProperty(CLASS_PATH_PROPERTY);
    if (name == null || !Files.exists(Path.of(name))) {
      throw new StackException(
          "the broker's class path is not known: system property "
              + CLASS_PATH_PROPERTY
              + " is "
              + name
              + ", expected the file that the build writes (broker/target/classpath.txt);"
              + " ./sluice builds it and passes it on");
    }
    Path file = Path.of(name);
    return file.resolveSibling("classes") + File.pathSeparator + Files.readString(file).strip();
  }

  /**
   * Waits until a client gets an answer.
   *
   * @throws StackException when the process ends before, or the time is over; it says what the
   *     broker logged last
   */
  void awaitAnswer(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String missing = "does not answer at " + options.bootstrap();
    while (FreePort.isFree(options.port())) {
      process.awaitStart(deadline, missing);
    }
    KafkaSettings settings = new KafkaSettings(options.bootstrap(), "", "sluice", options.client());
    try (Topics topics = Topics.open(settings)) {
      while (!topics.hasBroker()) {
        process.awaitStart(deadline, missing);
      }
    } catch (TopicsException unreachable) {
      throw new StackException(unreachable.getMessage() + process.tail());
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
