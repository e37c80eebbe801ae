package io.sluice.cli;

import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Version;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what is in the registry. */
@Command(
    name = "list",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Lists the versions of models with their stages.")
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RegistryChoice registry;

  @Option(names = "--model", paramLabel = "NAME", description = "This model only.")
  private String model;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean isJson;

  @Override
  public Integer call() throws IOException {
    Registry all = registry.registry();
    JsonWriter json = new JsonWriter().beginArray();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("model", "version", "stage", "since", "by", "trained until", "reason"));
    for (String name : model == null ? all.models() : List.of(model)) {
      for (Version version : all.versions(name)) {
        write(name, version, json);
        rows.add(
            List.of(
                name,
                version.name(),
                version.stage().name().toLowerCase(Locale.ROOT),
                version.newest().at(),
                version.newest().by(),
                Times.iso(version.bundle().training().toUs()),
                version.newest().reason()));
      }
    }
    if (isJson) {
      spec.commandLine().getOut().println(json.endArray());
    } else if (rows.size() == 1) {
      spec.commandLine().getOut().println("there is no model in " + all.folder());
    } else {
      TextTable.print(rows, spec.commandLine().getOut());
    }
    return ExitCode.DONE;
  }

  private static void write(String model, Version version, JsonWriter json) {
    json.beginObject().name("model").value(model).name("version").value(version.name());
    json.name("stage").value(version.stage()).name("since").value(version.newest().at());
    json.name("by").value(version.newest().by()).name("reason").value(version.newest().reason());
    json.name("command_id").value(version.newest().commandId());
    json.name("folder").value(version.folder().toString());
    json.name("trained_from_us").value(version.bundle().training().fromUs());
    json.name("trained_to_us").value(version.bundle().training().toUs()).endObject();
  }
}
