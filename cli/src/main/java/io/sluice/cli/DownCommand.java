package io.sluice.cli;

import io.sluice.cli.stack.LocalStack;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the local stack. */
@Command(
    name = "down",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Ends the Flink cluster, the Kafka broker and the ClickHouse that ./sluice up started, and nothing else. Their data stays.")
final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StackFolder folder;

  @Option(names = "--delete-data", description = "Delete their data and logs too.")
  private boolean isDataDeleted;

  @Override
  public Integer call() throws IOException {
    LocalStack stack = folder.stack();
    List<String> wasUp = stack.down(isDataDeleted);
    spec.commandLine()
        .getOut()
        .println(
            (wasUp.isEmpty()
                    ? "nothing was up in " + stack.folder()
                    : wasUp.stream()
                        .map(name -> name + " is down")
                        .collect(Collectors.joining(", ")))
                + (isDataDeleted ? ", their data is deleted" : ""));
    return ExitCode.DONE;
  }
}
