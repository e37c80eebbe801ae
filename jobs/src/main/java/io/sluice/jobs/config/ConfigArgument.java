package io.sluice.jobs.config;

import io.sluice.domain.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Arrays;

/** The one argument that a job's main class takes: {@code --config FILE}. */
public final class ConfigArgument {
  private static final String NAME = "--config";

  private ConfigArgument() {}

  /**
   * Reads the configuration that it names.
   *
   * @throws ConfigurationException where the arguments are others, or the configuration is not
   *     valid
   */
  public static JobConfiguration read(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals(NAME)) {
      throw new ConfigurationException(
          "the job's arguments are "
              + Arrays.toString(arguments)
              + ", expected "
              + NAME
              + " and a file; all else stands in that file, or in Flink's configuration");
    }
    return ConfigurationFile.readJob(Path.of(arguments[1]));
  }
}
