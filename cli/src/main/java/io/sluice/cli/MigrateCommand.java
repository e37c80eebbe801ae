package io.sluice.cli;

import io.sluice.sinks.clickhouse.Migrator;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the archive's schema to a version. */
@Command(
    name = "migrate",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Brings ClickHouse's schema to the version this Sluice needs, making the database when it is"
            + " missing, then checks it.")
final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ClickHouseChoice clickHouse;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description =
          "Go to this version, forward or back; what is gone back over is dropped. Default: the newest.")
  private Integer target;

  @Option(names = "--plan", description = "Print the SQL that would run, and run nothing.")
  private boolean isPlan;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Migrator migrator = Migrator.open(clickHouse.settings())) {
      List<Migrator.Step> steps = migrator.plan(target == null ? migrator.newest() : target);
      if (isPlan) {
        print(migrator, steps, out);
        return ExitCode.DONE;
      }
      for (Migrator.Step step : steps) {
        migrator.take(step);
        out.println(step);
      }
      return checked(migrator, out);
    }
  }

  private static void print(Migrator migrator, List<Migrator.Step> steps, PrintWriter out) {
    if (steps.isEmpty()) {
      out.println("-- nothing to do: version " + migrator.version());
      return;
    }
    migrator.preparation().forEach(statement -> out.println(statement + ";\n"));
    for (Migrator.Step step : steps) {
      out.println("-- " + step + "\n");
      step.statements().forEach(statement -> out.println(statement + ";\n"));
    }
  }

  private int checked(Migrator migrator, PrintWriter out) {
    String at = "database " + clickHouse.database() + " is at version " + migrator.version();
    List<String> differences = migrator.differences();
    if (differences.isEmpty()) {
      out.println(at + " and as it should be");
      return ExitCode.DONE;
    }
    out.println(at + " and is not as it should be:");
    differences.forEach(difference -> out.println("  " + difference));
    out.println("undo these by hand, or migrate another database and copy what is in this one");
    return ExitCode.NO;
  }
}
