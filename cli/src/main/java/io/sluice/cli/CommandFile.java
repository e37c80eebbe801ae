package io.sluice.cli;

import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Command;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.WireReader;
import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A command in a file, a line of the wire: on its way from one who signs it to the next. */
final class CommandFile {
  private CommandFile() {}

  /**
   * @throws InputException where there is no command in it that a gate could read
   */
  static Command read(Path file) throws InputException {
    Message message;
    try {
      message = WireReader.read(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be read (" + e.getClass().getSimpleName() + "): name a command's file");
    } catch (UnreadableException e) {
      throw new InputException(file + " holds no command: " + e.getMessage());
    }
    if (message instanceof Command command && command.defect() == null) {
      return command;
    }
    throw new InputException(
        file
            + " holds no command: "
            + (message instanceof Command command
                ? command.defect()
                : "type is " + message.kind().wireName() + ", expected control"));
  }

  static void write(Path file, Command command) throws IOException {
    Files.write(file, command.toJson());
  }

  /** What was written, and what to do with it. */
  static String written(Path file, Command command) {
    return command.command()
        + " "
        + command.scope()
        + " with "
        + command.signatures().size()
        + " signatures is in "
        + file
        + "; another signs it with  ./sluice control sign "
        + file
        + " --key ID=FILE  and it is given with  ./sluice control send "
        + file;
  }
}
