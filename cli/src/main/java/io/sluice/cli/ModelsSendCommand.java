package io.sluice.cli;

import io.sluice.domain.scoring.BundleException;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a publication that promote or rollback wrote and others have signed. */
@CommandLine.Command(
    name = "send",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Gives a command that promote or rollback wrote, once it is signed.")
final class ModelsSendCommand implements Callable<Integer> {
  @Mixin private RegistryChoice registry;

  @Parameters(paramLabel = "FILE", description = "The command, as --write and sign wrote it.")
  private Path file;

  @Mixin private CommandDelivery delivery;
  @Mixin private KafkaChoice kafka;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Command command = CommandFile.read(file);
    if (!Publication.COMMAND.equals(command.command())) {
      throw new BundleException(
          file + " holds a " + command.command() + ", expected a " + Publication.COMMAND);
    }
    Publication publication = Publication.read(command, command.eventTimeUs());
    // What is not in the registry could not be noted there afterwards.
    registry.registry().version(publication.model(), publication.version());
    return ModelPublication.give(registry.registry(), command, delivery, kafka);
  }
}
