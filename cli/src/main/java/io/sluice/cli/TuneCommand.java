package io.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cli.training.ParameterSearch;
import io.sluice.cli.training.Study;
import io.sluice.cli.training.Trial;
import io.sluice.domain.json.Sha256;
import io.sluice.scoring.training.CrossValidation;
import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.TrainedModel;
import io.sluice.scoring.training.TrainingPlan;
import io.sluice.scoring.training.TrainingRun;
import io.sluice.scoring.training.Trials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recorded trades in, the best parameters found and the bundle they make out. */
@Command(
    name = "tune",
    sortOptions = false,
    modelTransformer = InputFiles.MarketOptions.class,
    mixinStandardHelpOptions = true,
    description = {
      "Searches parameters of ./sluice train by CMA-ES, and trains a model with the best.",
      "They are judged by log loss in purged folds of the rows before the test, which no search sees. A search that",
      "was interrupted goes on where it was; --leaves, --rate and so on are what it begins with."
    })
final class TuneCommand implements Callable<Integer> {
  private static final String STUDY = "study.jsonl";

  @Spec private CommandSpec spec;
  @Mixin private InputFiles files;
  @Mixin private TrainingOptions training;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "40",
      description = "Trials in all, those of the study included. Default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "4",
      description = "Folds a trial is judged by. Default: ${DEFAULT-VALUE}.")
  private int folds;

  @Option(
      names = "--study",
      paramLabel = "FILE",
      description = "File of the trials; one that is there is gone on with. Default: in --out.")
  private Path study;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the bundle.")
  private Path out;

  @Option(names = "--json", description = "Print what came out as JSON.")
  private boolean json;

  private PrintWriter err;

  @Override
  public Integer call() throws Exception {
    atLeast("--trials", trials, 1);
    atLeast("--folds", folds, 2);
    TrainingPlan usual = training.plan();
    Dataset data = training.rows(files, "tune");
    err = spec.commandLine().getErr();
    ParameterSearch search = search(data, usual);
    Trial best = search.best();
    Trials told = search.told();
    TrainedModel trained =
        TrainingRun.train(data, best.applied(usual), step -> progress(step)).chosenBy(told);
    trained.write(out);
    TrainedReport report = new TrainedReport(trained, out);
    PrintWriter print = spec.commandLine().getOut();
    if (json) {
      print.println(json(report.json(), best, told));
    } else {
      print(best, told);
      report.print(print, false);
    }
    print.flush();
    return ExitCode.DONE;
  }

  private void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + ", expected at least " + least);
    }
  }

  private ParameterSearch search(Dataset data, TrainingPlan usual) throws IOException {
    CrossValidation validation = new CrossValidation(data, usual, folds);
    String of = Sha256.hex(data.fingerprint() + usual + folds);
    long startedNanos = System.nanoTime();
    try (Study stored = Study.open(study == null ? out.resolve(STUDY) : study, of)) {
      if (!stored.trials().isEmpty()) {
        progress("goes on with " + stored.trials().size() + " trials of the study");
      }
      ParameterSearch search =
          new ParameterSearch(
              usual,
              validation::loss,
              folds,
              stored,
              trial ->
                  progress(
                      String.format(
                          Locale.ROOT,
                          "trial %d of %d: %+.5f%s, %d s",
                          trial.trial(),
                          trials,
                          trial.loss(),
                          trial.stopped() ? " when stopped at fold " + trial.losses().size() : "",
                          (System.nanoTime() - startedNanos) / 1_000_000_000)));
      search.run(trials);
      return search;
    }
  }

  private void progress(String step) {
    err.println("tune: " + step);
    err.flush();
  }

  private void print(Trial best, Trials told) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d trials (%d stopped early) in %d folds; log loss beside the share of up: the first %+.5f, the best %+.5f%n"
                + "the best, trial %d: %s%n",
            told.count(),
            told.stopped(),
            told.folds(),
            told.usual(),
            told.best(),
            best.trial(),
            best.options());
  }

  private static ObjectNode json(ObjectNode json, Trial best, Trials told) {
    ObjectNode search = json.putObject("search");
    search.put("trials", told.count()).put("stopped", told.stopped()).put("folds", told.folds());
    search.put("first_loss", told.usual()).put("best_loss", told.best());
    search.put("best_trial", best.trial());
    ObjectNode parameters = search.putObject("parameters");
    best.parameters().forEach(parameters::put);
    return json;
  }
}
