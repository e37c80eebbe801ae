package io.sluice.cli;

import io.sluice.domain.config.Fault;
import io.sluice.domain.json.JsonWriter;
import io.sluice.jobs.config.ConfigurationCheck;
import io.sluice.jobs.input.InputException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Names everything that is wrong with a configuration. */
@Command(
    name = "check",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Names everything that is wrong with a configuration and the environment variables over it.",
      "Exit code 0 when nothing is, 1 when something is, 3 when the file cannot be read."
    })
final class ConfigCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigurationChoice choice;

  @Option(
      names = "--secrets",
      description = "References to secrets have to lead somewhere on this machine, too.")
  private boolean areSecretsLookedUp;

  @Option(names = "--strict", description = "A warning counts as a fault.")
  private boolean isStrict;

  @Override
  public Integer call() throws InputException {
    ConfigurationCheck check =
        choice.read(
            (file, environment) -> ConfigurationCheck.of(file, environment, areSecretsLookedUp));
    boolean isRight = check.faults().isEmpty() && !(isStrict && !check.warnings().isEmpty());
    PrintWriter out = spec.commandLine().getOut();
    if (choice.isAsJson()) {
      out.println(toJson(check, isRight));
    } else {
      print(check, isRight, out);
    }
    out.flush();
    return isRight ? ExitCode.DONE : ExitCode.NO;
  }

  private void print(ConfigurationCheck check, boolean isRight, PrintWriter out) {
    for (ConfigurationCheck.Found found : check.faults()) {
      Fault fault = found.fault();
      out.println(found.at() + ": " + (fault.field().isEmpty() ? "the whole" : fault.field()));
      if (fault.remedy().isEmpty()) {
        out.println(
            "  wrong     " + (fault.expected().isEmpty() ? fault.message() : fault.expected()));
      } else {
        out.println("  value     " + (fault.value() == null ? "none" : fault.value()));
        out.println("  expected  " + fault.expected());
        out.println("  to do     " + fault.remedy());
      }
    }
    check.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println(
        isRight
            ? choice.file() + " is right" + (check.warnings().isEmpty() ? "" : ", with warnings")
            : counted(check.faults().size(), "fault")
                + ", "
                + counted(check.warnings().size(), "warning")
                + " in "
                + choice.file());
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String toJson(ConfigurationCheck check, boolean isRight) {
    JsonWriter json = new JsonWriter().beginObject().name("right").value(isRight);
    json.name("faults").beginArray();
    for (ConfigurationCheck.Found found : check.faults()) {
      Fault fault = found.fault();
      json.beginObject().name("at").value(found.at()).name("field").value(fault.field());
      json.name("value").value(fault.value()).name("expected").value(fault.expected());
      json.name("to_do").value(fault.remedy()).name("message").value(fault.message()).endObject();
    }
    json.endArray().name("warnings").beginArray();
    check.warnings().forEach(json::value);
    return json.endArray().endObject().toString();
  }
}
