package io.sluice.cli;

import picocli.CommandLine.Command;
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
    subcommands = {
      JobSubmitCommand.class,
      JobListCommand.class,
      JobSavepointCommand.class,
      JobStopCommand.class,
      JobResumeCommand.class
    })
final class JobCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
