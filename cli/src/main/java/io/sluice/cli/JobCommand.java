package io.sluice.cli;

import io.sluice.cli.live.ClusterJobs;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gate and archive on the Flink cluster of the local stack. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = {
      "Gate and archive on the Flink cluster that ./sluice up --cluster started.",
      "./sluice flink does the same by Flink's own command line, for any cluster."
    },
    subcommands = {JobSubmitCommand.class, JobListCommand.class, JobResumeCommand.class})
final class JobCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "savepoint",
      sortOptions = false,
      mixinStandardHelpOptions = true,
      description =
          "Takes a savepoint of the gate and of its archive while they run on. It lies in savepoints/ of the state folder and is kept.")
  int savepoint(@Mixin RunningJobs running) throws IOException, InterruptedException {
    running.each(spec.commandLine().getOut(), "has a savepoint:", ClusterJobs::savepoint);
    return ExitCode.DONE;
  }

  @Command(
      name = "stop",
      sortOptions = false,
      mixinStandardHelpOptions = true,
      description =
          "Stops the gate and its archive, each with a savepoint from which resume goes on. The cluster stays up.")
  int stop(@Mixin RunningJobs running) throws IOException, InterruptedException {
    running.each(spec.commandLine().getOut(), "is stopped, its savepoint:", ClusterJobs::stop);
    return ExitCode.DONE;
  }
}
