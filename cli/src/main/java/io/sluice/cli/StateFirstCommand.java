package io.sluice.cli;

import io.sluice.cli.live.EmbeddedGate;
import io.sluice.cli.live.FlinkProfile;
import io.sluice.cli.stack.FreePort;
import io.sluice.cli.state.FirstState;
import io.sluice.cli.state.Statement;
import io.sluice.cli.state.StoredState;
import io.sluice.jobs.config.JobConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a first savepoint of a statement. */
@Command(
    name = "first",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Makes a gate's first savepoint, with the books as a broker's statement has them.",
      "The statement becomes position snapshots in account.updates, a gate folds them and is stopped"
          + " with a savepoint. Where risk.inputs holds entries already nothing is done."
    })
final class StateFirstCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private GateChoice gate;

  @Option(
      names = "--statement",
      paramLabel = "FILE",
      required = true,
      description = "What each account has: CSV, or lines of type account.")
  private Path file;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "low-latency",
      description = "Flink profile, a folder of flink-conf/. Default: ${DEFAULT-VALUE}.")
  private String profile;

  @Override
  public Integer call() throws Exception {
    JobConfiguration configuration = gate.configuration();
    Statement statement = Statement.read(file, configuration.risk());
    EmbeddedGate.Options options =
        new EmbeddedGate.Options(
            configuration, FlinkProfile.folder(profile), gate.folder(), 1, FreePort.orAny(0, 0));
    StoredState state = FirstState.make(statement, options);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "the books of "
            + statement.accounts().size()
            + " accounts stand in "
            + state.path()
            + "; look at them with  ./sluice state --savepoint "
            + state.path()
            + "  and go on with  ./sluice run --config "
            + gate.file()
            + " --state "
            + gate.folder());
    out.flush();
    return ExitCode.DONE;
  }
}
