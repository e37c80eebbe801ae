package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts gate and archive on the cluster again. */
@Command(
    name = "resume",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Submits the gate again, as submit does, but only where there is a checkpoint or savepoint to go on from.")
final class JobResumeCommand implements Callable<Integer> {
  @Mixin private JobSubmission submission;

  @Override
  public Integer call() throws Exception {
    submission.submit(true);
    return ExitCode.DONE;
  }
}
