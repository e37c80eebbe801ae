package io.sluice.cli;

import io.sluice.cli.state.StoredState;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which savepoint a command looks into. */
final class SavepointChoice {
  @Option(
      names = "--savepoint",
      paramLabel = "DIR",
      defaultValue = RunCommand.STATE,
      description =
          "A savepoint or checkpoint, or a gate's state folder: then the newest in it. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path path;

  /**
   * @throws io.sluice.jobs.input.InputException where there is none that reads
   */
  StoredState read() throws IOException {
    return StoredState.read(path);
  }
}
