package io.sluice.cli;

import io.sluice.cli.stack.StackException;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.scoring.BundleException;
import io.sluice.jobs.input.InputException;
import io.sluice.jobs.kafka.TopicsException;
import io.sluice.jobs.replay.ReplayException;
import io.sluice.scoring.training.TrainingException;
import io.sluice.sinks.clickhouse.ClickHouseException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sluice} command. */
@Command(
    name = "sluice",
    description = "A streaming pre-trade risk gate: every order intent gets exactly one decision.",
    mixinStandardHelpOptions = true,
    version = "sluice 0.1.0",
    subcommands = {
      DemoCommand.class,
      ReplayCommand.class,
      VerifyCommand.class,
      ExecutorCommand.class,
      MigrateCommand.class,
      SqlCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      RunCommand.class,
      JobCommand.class,
      FlinkCommand.class,
      ControlCommand.class,
      StateCommand.class,
      ConfigCommand.class,
      ValidateCommand.class,
      RollbackCommand.class,
      ModelsCommand.class,
      TrainCommand.class,
      TuneCommand.class,
      FeaturesCommand.class
    },
    footer = {
      "",
      "  test    Build, check and test every module; --long adds what takes longer.",
      "",
      "Exit codes: 0 done, 1 the answer is no, 2 usage or configuration, 3 unreadable input,",
      "  130 interrupted by Ctrl-C, 143 told to end by SIGTERM."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // What follows an action of Flink is Flink's.
    line.getSubcommands().get("flink").setStopAtPositional(true);
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> failed(thrown, command.getErr()));
    return line;
  }

  private static int usage(ParameterException thrown, String[] arguments) {
    CommandLine command = thrown.getCommandLine();
    command
        .getErr()
        .println(
            "sluice: "
                + thrown.getMessage()
                + "; see "
                + command.getCommandSpec().qualifiedName()
                + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Exception thrown, PrintWriter err) {
    if (thrown instanceof InterruptedException) {
      err.println("sluice: interrupted");
      return ExitCode.INTERRUPTED;
    }
    err.println("sluice: " + thrown.getMessage());
    if (thrown instanceof InputException) {
      return ExitCode.UNREADABLE;
    }
    boolean isKnown =
        thrown instanceof ClickHouseException
            || thrown instanceof ConfigurationException
            || thrown instanceof ReplayException
            || thrown instanceof StackException
            || thrown instanceof TopicsException
            || thrown instanceof BundleException
            || thrown instanceof TrainingException;
    if (!isKnown && System.getenv("SLUICE_DEBUG") == null) {
      err.println(
          "sluice: run again with SLUICE_DEBUG=1 in the environment to see where it happened");
    } else if (!isKnown) {
      thrown.printStackTrace(err);
    }
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
