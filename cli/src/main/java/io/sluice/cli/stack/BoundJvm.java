package io.sluice.cli.stack;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM with the classes of this one, which ends when this one does, however that ends.
 *
 * @param name for messages, with its article
 * @param mainClass what it runs
 * @param options of the JVM, beside those that every child gets
 * @param environment further environment variables
 * @param log where its output is appended
 */
public record BoundJvm(
    String name,
    String mainClass,
    List<String> options,
    Map<String, String> environment,
    Path log) {
  /** System properties that hold for children too. */
  private static final List<String> PASSED_ON =
      List.of("log4j2.configurationFile", BrokerProcess.CLASS_PATH_PROPERTY, "sluice.log");

  /** How far this JVM compiles: where more is not worth while here, it is not in a child. */
  static final String COMPILER = "-XX:TieredStopAtLevel=";

  private static final String COLLECTOR = "-XX:+UseParallelGC";

  /** The options of this JVM that begin so. */
  static List<String> inherited(String beginning) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(beginning))
        .toList();
  }

  /** Starts it with these arguments of its main class. */
  public ChildProcess start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
    command.add(WithParent.class.getName());
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ChildProcess(name, builder.start(), log);
  }
}
