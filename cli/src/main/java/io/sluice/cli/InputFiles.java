package io.sluice.cli;

import io.sluice.jobs.input.FileFormat;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * The options that name input files. A file's position among all of them, as they stand on the
 * command line, is its partition, so that the options are read into one list.
 */
final class InputFiles {
  private record Given(InputKind kind, Path path) {}

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

  /** Adds to a command that has this as its mixin {@code files} an option for each kind of file. */
  static class Options implements IModelTransformer {
    /** Before the options that are declared, which have no order of their own. */
    private static final int FIRST = -InputKind.values().length - 1;

    InputKind[] kinds() {
      return InputKind.values();
    }

    @Override
    public CommandSpec transform(CommandSpec command) {
      InputFiles files = (InputFiles) command.mixins().get("files").userObject();
      for (InputKind kind : kinds()) {
        command.addOption(
            OptionSpec.builder(kind.option())
                .arity("1..*")
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .paramLabel("FILE")
                .order(FIRST + kind.ordinal())
                .description(describe(kind))
                .parameterConsumer((arguments, option, spec) -> files.take(kind, arguments, spec))
                .build());
      }
      return command;
    }

    private static String describe(InputKind kind) {
      return switch (kind) {
        case TRADES ->
            "Trades (and quotes): wire lines, or CSV of Bitstamp, Binance or Tardis; plain, .gz or .zip.";
        case QUOTES -> "Quotes (and trades), wire lines.";
        case INTENTS -> "Order intents, wire lines. The built-in strategies are off then.";
        case FILLS -> "Fills, wire lines.";
        case ORDERS -> "Order statuses, wire lines.";
        case ACCOUNTS -> "Position snapshots and venue statuses, wire lines.";
        case CONTROL -> "Control commands, wire lines.";
      };
    }
  }

  /** The same for a command that looks at the market only. */
  static final class MarketOptions extends Options {
    @Override
    InputKind[] kinds() {
      return new InputKind[] {InputKind.TRADES, InputKind.QUOTES};
    }
  }

  /** Takes the files after an option, up to the next option, into the list of all files. */
  private void take(InputKind kind, Stack<String> arguments, CommandSpec command) {
    int before = inOrder.size();
    while (!arguments.isEmpty() && !arguments.peek().startsWith("-")) {
      inOrder.add(new Given(kind, Path.of(arguments.pop())));
    }
    if (inOrder.size() == before) {
      throw new CommandLine.ParameterException(
          command.commandLine(), kind.option() + " names no file, expected at least one");
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
