package io.sluice.cli;

import io.sluice.cli.live.AcceptedCommands;
import io.sluice.domain.json.JsonWriter;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.config.EffectiveConfiguration;
import io.sluice.jobs.config.EffectiveConfiguration.Value;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.config.StandingCommands;
import io.sluice.jobs.input.InputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows a configuration with where each value comes from. */
@Command(
    name = "show",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a configuration and the environment variables over it say, and where each value comes from.",
      "Exit code 0; 2 when the configuration is wrong, which  ./sluice config check  tells more of."
    })
final class ConfigShowCommand implements Callable<Integer> {
  private static final int LONGEST_COLUMN = 60;

  @Spec private CommandSpec spec;
  @Mixin private ConfigurationChoice choice;

  @Option(
      names = "--effective",
      description = "Everything that is in force, defaults and packaged profiles too.")
  private boolean isEffective;

  @Option(
      names = "--commands",
      description = "What standing commands set, too: asks the Kafka that the configuration names.")
  private boolean isWithCommands;

  @Override
  public Integer call() throws InputException {
    EffectiveConfiguration effective = choice.read(EffectiveConfiguration::of);
    if (isWithCommands) {
      JobConfiguration whole = ConfigurationFile.readJob(choice.file());
      effective =
          effective.under(
              StandingCommands.of(
                  whole.risk(),
                  AcceptedCommands.of(whole.kafka()),
                  System.currentTimeMillis() * 1_000));
    }
    List<Value> shown =
        effective.values().stream().filter(value -> isEffective || !value.isDefault()).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (choice.isAsJson()) {
      out.println(toJson(shown));
    } else {
      print(shown, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void print(List<Value> values, PrintWriter out) {
    int path = widest(values.stream().map(Value::path).toList());
    int value = widest(values.stream().map(Value::value).toList());
    String row = "%-" + path + "s  %-" + value + "s  %s%n";
    out.printf(Locale.ROOT, row, "key", "value", "from");
    values.forEach(each -> out.printf(Locale.ROOT, row, each.path(), each.value(), each.source()));
  }

  private static int widest(List<String> texts) {
    int widest = texts.stream().mapToInt(String::length).max().orElse(1);
    return Math.max(5, Math.min(LONGEST_COLUMN, widest));
  }

  private static String toJson(List<Value> values) {
    JsonWriter json = new JsonWriter().beginArray();
    for (Value value : values) {
      json.beginObject().name("key").value(value.path()).name("value").value(value.value());
      json.name("from").value(value.source()).endObject();
    }
    return json.endArray().toString();
  }
}
