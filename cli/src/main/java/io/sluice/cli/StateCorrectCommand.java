package io.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.cli.state.Differences;
import io.sluice.cli.state.Statement;
import io.sluice.cli.state.StoredState;
import io.sluice.domain.account.AccountBook;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.AccountSnapshot;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds a savepoint's books against a statement, and writes the commands that put them right. */
@Command(
    name = "correct",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Says in what a savepoint's books differ from a broker's statement; with --write writes the"
          + " commands that put them right, for people to sign and give.",
      "The savepoint is left as it is: the gate folds the commands, and its journal tells them.",
      "Exit code 0 where there are no differences or commands were written, 1 where there are some."
    })
final class StateCorrectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SavepointChoice savepoint;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Configuration, YAML: which accounts and instruments there are.")
  private Path config;

  @Option(
      names = "--statement",
      paramLabel = "FILE",
      required = true,
      description = "What accounts have: CSV, or lines of type account.")
  private Path file;

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "Write a command for each account that differs there.")
  private Path folder;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; it stands in the event and in the journal. Needed with --write.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who commands it. Default: the user of this process.")
  private String by = System.getProperty("user.name");

  @Mixin private KeyOptions keys;

  @Override
  public Integer call() throws IOException {
    if (folder != null && (reason == null || reason.isBlank())) {
      throw new ParameterException(spec.commandLine(), "--reason is missing: --write needs it");
    }
    Statement statement = Statement.read(file, ConfigurationFile.read(config));
    StoredState state = savepoint.read();
    PrintWriter out = spec.commandLine().getOut();
    boolean isRight = true;
    for (AccountSnapshot snapshot : statement.accounts()) {
      Differences differences = Differences.of(book(snapshot.account(), state), snapshot);
      differences.lines().forEach(out::println);
      isRight &= differences.areNone();
      if (folder != null && !differences.areNone()) {
        write(differences, out);
      }
    }
    if (isRight) {
      out.println("the books agree with the statement");
    }
    out.flush();
    return isRight || folder != null ? ExitCode.DONE : ExitCode.NO;
  }

  private static AccountBook book(String account, StoredState state) throws InputException {
    return state
        .bookOf(account)
        .orElseThrow(() -> new InputException(state.path() + " has no account " + account));
  }

  private void write(Differences differences, PrintWriter out) throws IOException {
    Files.createDirectories(folder);
    var command =
        keys.signed(
            new io.sluice.domain.wire.Command(
                UUID.randomUUID().toString(),
                "ADOPT",
                Scope.account(differences.account()).toString(),
                differences.body(),
                by,
                reason,
                System.currentTimeMillis() * 1_000,
                null,
                null,
                JsonNodeFactory.instance.arrayNode()));
    Path written = folder.resolve("adopt-" + differences.account() + ".json");
    CommandFile.write(written, command);
    out.println(CommandFile.written(written, command));
  }
}
