package io.sluice.cli.stack;

import java.io.IOException;
import java.nio.file.Path;
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
  /** Starts it with these arguments of its main class. */
  public ChildProcess start(List<String> arguments) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return new Jvm(name, mainClass, classPath, options, environment, log)
        .start(Life.BOUND, arguments);
  }
}
