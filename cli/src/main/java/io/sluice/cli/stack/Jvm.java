package io.sluice.cli.stack;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM of its own for a main class.
 *
 * @param name for messages, with its article
 * @param classPath where its classes are
 * @param options of the JVM, beside those that every child gets
 * @param environment further environment variables
 * @param log where its output is appended
 */
record Jvm(
    String name,
    String mainClass,
    String classPath,
    List<String> options,
    Map<String, String> environment,
    Path log) {
  /** System properties that hold for children too. */
  private static final List<String> PASSED_ON =
      List.of(
          "log4j2.configurationFile",
          BrokerProcess.CLASS_PATH_PROPERTY,
          ClusterBuild.PROPERTY,
          BrokerProcess.LOG_LEVEL_PROPERTY);

  /** How far this JVM compiles: where more is not worth while here, it is not in a child. */
  static final String COMPILER = "-XX:TieredStopAtLevel=";

  private static final String COLLECTOR = "-XX:+UseParallelGC";

  /** The options of this JVM that begin so. */
  static List<String> inherited(String beginning) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(beginning))
        .toList();
  }

  /**
   * Starts it.
   *
   * @param life what becomes of it when this process ends
   * @param arguments of its main class
   */
  ChildProcess start(Life life, List<String> arguments) throws IOException {
    boolean isDetached = life == Life.DETACHED;
    List<String> command = new ArrayList<>();
    if (isDetached) {
      ChildProcess.outliving(command);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What this JVM was opened for Flink.
    command.addAll(inherited("--add-opens"));
    command.addAll(inherited(COLLECTOR));
    command.addAll(inherited(COMPILER));
    for (String property : PASSED_ON) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(options);
    if (!isDetached) {
      command.add(WithParent.class.getName());
    }
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("CLASSPATH", isDetached ? classPath : withWatch());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (isDetached) {
      builder.redirectInput(new File("/dev/null"));
    }
    return new ChildProcess(name, builder.start(), log);
  }

  /** With the class that ends it; last, so that nothing else is found there first. */
  private String withWatch() {
    try {
      String watch =
          Path.of(WithParent.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString();
      return classPath.contains(watch) ? classPath : classPath + File.pathSeparator + watch;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class knows where it comes from", e);
    }
  }
}
