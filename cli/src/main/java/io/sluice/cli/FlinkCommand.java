package io.sluice.cli;

import io.sluice.cli.stack.FlinkClient;
import io.sluice.cli.stack.LocalCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Flink's own command line. */
@Command(
    name = "flink",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Runs Flink's own command line: ./sluice flink run, list, info, cancel, stop, savepoint, checkpoint. What follows the action is Flink's.",
      "It is told of the cluster of the local stack, or of another one by --conf."
    })
final class FlinkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Folder with the config.yaml that says where the cluster is.")
  private Path conf;

  @Parameters(
      paramLabel = "ARGUMENT",
      arity = "1..*",
      description = "Flink's action, and its options.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    LocalCluster cluster = folder.stack().cluster();
    Path where = conf == null ? cluster.conf() : conf.toAbsolutePath();
    int code = FlinkClient.run(where, arguments, line -> spec.commandLine().getOut().println(line));
    spec.commandLine().getOut().flush();
    return code == 0 ? ExitCode.DONE : ExitCode.NO;
  }
}
