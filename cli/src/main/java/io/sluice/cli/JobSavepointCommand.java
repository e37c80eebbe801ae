package io.sluice.cli;

import io.sluice.cli.live.ClusterJobs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Savepoints of gate and archive while they run. */
@Command(
    name = "savepoint",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Takes a savepoint of the gate and of its archive while they run on. It lies in savepoints/ of the state folder and is kept.")
final class JobSavepointCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RunningJobs running;

  @Override
  public Integer call() throws Exception {
    running.each(spec.commandLine().getOut(), "has a savepoint:", ClusterJobs::savepoint);
    return ExitCode.DONE;
  }
}
