package io.sluice.cli;

import io.sluice.cli.live.ClusterJobs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends gate and archive. */
@Command(
    name = "stop",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Stops the gate and its archive, each with a savepoint from which resume goes on. The cluster stays up.")
final class JobStopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunningJobs running;

  @Override
  public Integer call() throws Exception {
    running.each(spec.commandLine().getOut(), "is stopped, its savepoint:", ClusterJobs::stop);
    return ExitCode.DONE;
  }
}
