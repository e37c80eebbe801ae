package io.sluice.cli;

import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * The options that name input files. A file's position among all of them, as they stand on the
 * command line, is its partition, so that the options are read into one list.
 */
final class InputFiles {
  private record Given(InputKind kind, Path path) {}

  @Option(
      names = {"--trades"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description =
          "Trades (and quotes): wire lines, or CSV of Bitstamp, Binance or Tardis; plain, .gz or .zip.")
  private List<Given> trades;

  @Option(
      names = {"--quotes"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description = "Quotes (and trades), wire lines.")
  private List<Given> quotes;

  @Option(
      names = {"--intents"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description = "Order intents, wire lines. The built-in strategies are off then.")
  private List<Given> intents;

  @Option(
      names = {"--fills"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description = "Fills, wire lines.")
  private List<Given> fills;

  @Option(
      names = {"--orders"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description = "Order statuses, wire lines.")
  private List<Given> orders;

  @Option(
      names = {"--accounts"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description = "Position snapshots and venue statuses, wire lines.")
  private List<Given> accounts;

  @Option(
      names = {"--control"},
      arity = "1..*",
      paramLabel = "FILE",
      parameterConsumer = Files.class,
      description = "Control commands, wire lines.")
  private List<Given> control;

  @Option(
      names = {"--format"},
      paramLabel = "NAME",
      description =
          "Format of the trades files where it is not to be recognised: wire, bitstamp, binance-trades, "
              + "binance-aggtrades or tardis-trades.")
  private String format;

  @Option(
      names = {"--instrument"},
      paramLabel = "ID",
      description = "Instrument of trades whose file does not name it, such as BINANCE:BTCUSDT.")
  private String instrument;

  private final List<Given> inOrder = new ArrayList<>();

  /** Takes the files after an option, up to the next option, into the list of all files. */
  static final class Files implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec argument, CommandSpec command) {
      String option =
          argument.paramLabel() == null
              ? ""
              : ((CommandLine.Model.OptionSpec) argument).longestName();
      InputFiles files = filesOf(command);
      InputKind kind = InputKind.valueOf(option.substring(2).toUpperCase(Locale.ROOT));
      int before = files.inOrder.size();
      while (!arguments.isEmpty() && !arguments.peek().startsWith("--")) {
        files.inOrder.add(new Given(kind, Path.of(arguments.pop())));
      }
      if (files.inOrder.size() == before) {
        throw new CommandLine.ParameterException(
            command.commandLine(), option + " names no file, expected at least one");
      }
    }

    private static InputFiles filesOf(CommandSpec command) {
      return (InputFiles) command.mixins().get("files").userObject();
    }
  }

  boolean hasIntents() {
    return inOrder.stream().anyMatch(given -> given.kind == InputKind.INTENTS);
  }

  boolean hasTrades() {
    return inOrder.stream()
        .anyMatch(given -> given.kind == InputKind.TRADES || given.kind == InputKind.QUOTES);
  }

  List<InputFile> list(CommandLine command) {
    FileFormat named = null;
    if (format != null) {
      named =
          FileFormat.named(format)
              .orElseThrow(
                  () ->
                      new CommandLine.ParameterException(
                          command,
                          "--format is " + format + ", expected one of " + FileFormat.names()));
    }
    List<InputFile> files = new ArrayList<>();
    for (Given given : inOrder) {
      boolean isTrades = given.kind == InputKind.TRADES;
      files.add(
          new InputFile(
              given.path,
              given.kind,
              files.size(),
              isTrades ? named : null,
              isTrades ? instrument : null));
    }
    return files;
  }
}
