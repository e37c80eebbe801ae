package io.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Keeps the versions of models, and puts one in the place of another. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Keeps versions of models, judges them by what happened, and publishes one.",
    subcommands = {
      ModelsAddCommand.class,
      ModelsListCommand.class,
      ModelsCompareCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class,
      ModelsSendCommand.class
    })
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
