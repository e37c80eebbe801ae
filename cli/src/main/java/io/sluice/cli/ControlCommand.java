package io.sluice.cli;

import io.sluice.domain.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands a running gate. */
@CommandLine.Command(
    name = "control",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    subcommands = {
      KeygenCommand.class,
      SignCommand.class,
      SendCommand.class,
    },
    description = {
      "Gives a command to the gate, and says what the gate answers.",
      "Exit code 0 when every risk group it touches has done it, 1 when one refused or none"
          + " answered."
    })
final class ControlCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommandOptions options;
  @Mixin private KeyOptions keys;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Write the command there instead of giving it, for others to sign.")
  private Path file;

  @Mixin private CommandDelivery delivery;
  @Mixin private KafkaChoice kafka;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Command command = keys.signed(options.at(System.currentTimeMillis() * 1_000));
    if (file == null) {
      return delivery.deliver(command, kafka);
    }
    CommandFile.write(file, command);
    spec.commandLine().getOut().println(CommandFile.written(file, command));
    return ExitCode.DONE;
  }
}
