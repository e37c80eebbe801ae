package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts gate and archive on the cluster. */
@Command(
    name = "submit",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Submits the gate, and the archive where the configuration names a ClickHouse, with the job's jar.",
      "Each goes on from the newest checkpoint or savepoint in its folder; without one the gate folds risk.inputs from its beginning."
    })
final class JobSubmitCommand implements Callable<Integer> {
  @Mixin private JobSubmission submission;

  @Override
  public Integer call() throws Exception {
    submission.submit(false);
    return ExitCode.DONE;
  }
}
