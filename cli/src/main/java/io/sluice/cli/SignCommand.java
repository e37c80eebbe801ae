package io.sluice.cli;

import io.sluice.domain.json.Times;
import io.sluice.domain.wire.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a signature to a command in a file. */
@CommandLine.Command(
    name = "sign",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Shows a command that another has written, and adds a signature to it.")
final class SignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The command, as --write wrote it.")
  private Path file;

  @Mixin private KeyOptions keys;

  @Override
  public Integer call() throws IOException {
    Command command = CommandFile.read(file);
    show(command);
    if (!keys.areGiven()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to sign with, expected --key ID=FILE");
    }
    Command signed = keys.signed(command);
    CommandFile.write(file, signed);
    spec.commandLine().getOut().println(CommandFile.written(file, signed));
    return ExitCode.DONE;
  }

  /** What is signed is to be read first. */
  private void show(Command command) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(command.command() + " " + command.scope() + " " + command.body());
    out.println("by " + command.issuedBy() + ": " + command.reason());
    out.println("made at " + Times.iso(command.eventTimeUs()) + times(command));
  }

  private static String times(Command command) {
    return (command.effectiveAtUs() == null
            ? ", at once"
            : ", from " + Times.iso(command.effectiveAtUs()))
        + (command.expiresAtUs() == null ? "" : ", until " + Times.iso(command.expiresAtUs()));
  }
}
