package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts a class of the tests in a JVM of its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * @param environment further environment variables
   * @param log where its standard error goes, with Kafka's log from INFO on
   */
  public static Process start(
      Class<?> main, Map<String, String> environment, Path log, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-D" + BrokerProcess.LOG_LEVEL_PROPERTY + "=INFO");
    String classPathFile = System.getProperty(BrokerProcess.CLASS_PATH_PROPERTY);
    command.add("-D" + BrokerProcess.CLASS_PATH_PROPERTY + "=" + classPathFile);
    command.add("-cp");
    // Surefire may hide the class path in a jar of its own.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
