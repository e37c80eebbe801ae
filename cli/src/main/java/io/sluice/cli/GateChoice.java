package io.sluice.cli;

import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.JobConfiguration;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which gate a command is about: its configuration, and the folder that its state is kept in. */
final class GateChoice {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The gate's configuration, YAML, with a section kafka.")
  private Path file;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = RunCommand.STATE,
      description =
          "Folder for checkpoints and savepoints, one for each gate. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  Path file() {
    return file;
  }

  /**
   * @throws io.sluice.domain.config.ConfigurationException where it is not valid
   */
  JobConfiguration configuration() {
    return ConfigurationFile.readJob(file);
  }

  Path folder() {
    return folder;
  }
}
