package io.sluice.cli;

import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which configuration a command speaks of, and whether to a person or to a program. */
final class ConfigurationChoice {
  /** What is made of a file with the environment over it. */
  interface Reading<T> {
    T of(Path file, Map<String, String> environment) throws IOException;
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The configuration, YAML.")
  private Path file;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  Path file() {
    return file;
  }

  boolean isAsJson() {
    return json;
  }

  /**
   * @throws InputException where the file cannot be read
   */
  <T> T read(Reading<T> reading) throws InputException {
    try {
      return reading.of(file, System.getenv());
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be read (" + e.getClass().getSimpleName() + "): name a YAML file");
    }
  }
}
