package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Change;
import io.sluice.cli.models.Registry.Stage;
import io.sluice.cli.models.Registry.Version;
import io.sluice.domain.json.Times;
import io.sluice.domain.scoring.Publication;
import io.sluice.domain.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes a version from the registry, and notes there that it is in production. */
final class ModelPublication {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the event, in the journal and in the registry.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who commands it. Default: the user of this process.")
  private String by;

  @Option(
      names = "--effective-at",
      paramLabel = "TIME",
      description = "When it takes over, ISO 8601 with a zone. Default: at once.")
  private String effectiveAt;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Write the command there, for others to sign; ./sluice models send gives it.")
  private Path file;

  /**
   * @return the exit code: done where every group has taken it, or it was written
   */
  int publish(
      Registry registry,
      String model,
      Version version,
      KeyOptions keys,
      CommandDelivery delivery,
      KafkaChoice kafka)
      throws IOException, InterruptedException {
    long nowUs = System.currentTimeMillis() * 1_000;
    Command command =
        keys.signed(
            new Command(
                UUID.randomUUID().toString(),
                Publication.COMMAND,
                "firm",
                LocalBundle.of(version.folder()).publish(model),
                by == null ? System.getProperty("user.name") : by,
                reason,
                nowUs,
                effectiveAtUs(),
                null,
                JsonNodeFactory.instance.arrayNode()));
    if (file != null) {
      CommandFile.write(file, command);
      spec.commandLine()
          .getOut()
          .println(
              "PUBLISH_MODEL "
                  + model
                  + " version "
                  + version.name()
                  + " is in "
                  + file
                  + "; another signs it with  ./sluice control sign "
                  + file
                  + " --key ID=FILE  and it is given with  ./sluice models send "
                  + file);
      return ExitCode.DONE;
    }
    return give(registry, command, delivery, kafka);
  }

  /** Gives a PUBLISH_MODEL; where every group has taken it the registry says so too. */
  static int give(Registry registry, Command command, CommandDelivery delivery, KafkaChoice kafka)
      throws IOException, InterruptedException {
    int code = delivery.deliver(command, kafka);
    if (code == ExitCode.DONE) {
      note(registry, command);
    }
    return code;
  }

  static void note(Registry registry, Command command) throws IOException {
    Publication publication = Publication.read(command, command.eventTimeUs());
    registry.takeOver(
        publication.model(),
        new Change(
            Times.iso(publication.fromUs()),
            publication.version(),
            Stage.PRODUCTION,
            command.issuedBy(),
            command.reason(),
            command.commandId()));
  }

  private Long effectiveAtUs() {
    if (effectiveAt == null) {
      return null;
    }
    try {
      Instant at = OffsetDateTime.parse(effectiveAt).toInstant();
      return at.getEpochSecond() * Times.SECOND_US + at.getNano() / 1_000;
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--effective-at is " + effectiveAt + ", expected a time such as 2026-01-31T14:00:00Z");
    }
  }
}
