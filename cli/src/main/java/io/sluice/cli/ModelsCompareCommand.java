package io.sluice.cli;

import io.sluice.cli.models.Recordings;
import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Version;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.scoring.record.TrackRecord;
import io.sluice.domain.scoring.training.Judgement;
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

/** Holds what versions said against what happened. */
@Command(
    name = "compare",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "Holds what versions of a model said after their training against what happened.")
final class ModelsCompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RegistryChoice registry;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "The model, by its name in the configuration.")
  private String model;

  @Option(
      names = "--versions",
      arity = "1..*",
      paramLabel = "VERSION",
      description = "These versions only. Default: all.")
  private List<String> chosen = new ArrayList<>();

  @Mixin private RecordChoice records;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean isJson;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Registry all = registry.registry();
    List<Version> versions = new ArrayList<>(all.versions(model));
    for (String name : chosen) {
      all.version(model, name);
    }
    versions.removeIf(version -> !chosen.isEmpty() && !chosen.contains(version.name()));
    Recordings said = records.of(versions.stream().map(Version::name).toList());
    JsonWriter json = new JsonWriter().beginArray();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "version",
            "stage",
            "scores",
            "coverage",
            "judged",
            "AUC",
            "error",
            "log loss",
            "Brier",
            "signals",
            "mean return"));
    for (Version version : versions) {
      TrackRecord record = said.of(version);
      rows.add(row(version, record));
      write(version, record, json);
    }
    if (isJson) {
      spec.commandLine().getOut().println(json.endArray());
    } else {
      TextTable.print(rows, spec.commandLine().getOut());
    }
    return ExitCode.DONE;
  }

  private static List<String> row(Version version, TrackRecord record) {
    Judgement judged = record.judgement();
    return List.of(
        version.name(),
        version.stage().name().toLowerCase(Locale.ROOT),
        String.valueOf(record.scores()),
        number("%.3f", record.coverage()),
        String.valueOf(record.rows()),
        number("%.4f", judged.auc()),
        number("%.4f", record.standardError()),
        number("%.4f", judged.logLoss()),
        number("%.4f", judged.brier()),
        String.valueOf(record.signals()),
        number("%.6f", record.signalReturn()));
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }

  private static void write(Version version, TrackRecord record, JsonWriter json) {
    Judgement judged = record.judgement();
    json.beginObject().name("version").value(version.name()).name("stage").value(version.stage());
    json.name("scores").value(record.scores()).name("coverage").value((Double) record.coverage());
    json.name("unsettled").value(record.unsettled());
    json.name("undecided").value(record.undecided()).name("judged").value(record.rows());
    json.name("independent").value(record.independent());
    json.name("auc").value((Double) judged.auc());
    json.name("auc_error").value((Double) record.standardError());
    json.name("log_loss").value((Double) judged.logLoss());
    json.name("brier").value((Double) judged.brier()).name("signals").value(record.signals());
    json.name("mean_return").value((Double) record.signalReturn()).endObject();
  }
}
