package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a command from a file to the gate. */
@CommandLine.Command(
    name = "send",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Gives a command that was written and signed to the gate, and says its answer.")
final class SendCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The command, as --write and sign wrote it.")
  private Path file;

  @Mixin private CommandDelivery delivery;
  @Mixin private KafkaChoice kafka;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return delivery.deliver(CommandFile.read(file), kafka);
  }
}
