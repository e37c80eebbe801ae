package io.sluice.cli;

import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.TrainedModel;
import io.sluice.scoring.training.TrainingPlan;
import io.sluice.scoring.training.TrainingRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recorded trades in, a model's bundle and a report on it out. */
@Command(
    name = "train",
    sortOptions = false,
    modelTransformer = InputFiles.MarketOptions.class,
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model on the features of recorded trades, and says what it is worth on later ones.",
      "Writes a bundle: model.json, its trees and report.md; the same bytes on every run."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputFiles files;
  @Mixin private TrainingOptions training;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the bundle.")
  private Path out;

  @Option(names = "--json", description = "Print what it is worth as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    TrainingPlan plan = training.plan();
    Dataset data = training.rows(files, "train");
    PrintWriter err = spec.commandLine().getErr();
    TrainedModel trained =
        TrainingRun.train(
            data,
            plan,
            step -> {
              err.println("train: " + step);
              err.flush();
            });
    trained.write(out);
    new TrainedReport(trained, out).print(spec.commandLine().getOut(), json);
    return ExitCode.DONE;
  }
}
