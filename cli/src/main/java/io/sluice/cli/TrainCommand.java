package io.sluice.cli;

import io.sluice.cli.models.Registry;
import io.sluice.cli.models.Registry.Change;
import io.sluice.cli.models.Registry.Stage;
import io.sluice.domain.json.Times;
import io.sluice.domain.scoring.ModelBundle;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.input.InputException;
import io.sluice.jobs.kafka.TopicsException;
import io.sluice.scoring.training.TrainedModel;
import io.sluice.scoring.training.TrainingException;
import io.sluice.scoring.training.TrainingPlan;
import io.sluice.scoring.training.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recorded trades in, a model's bundle and a report on it out. */
@Command(
    name = "train",
    sortOptions = false,
    modelTransformer = InputFiles.MarketOptions.class,
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model on the features of recorded trades, and says what it is worth on later ones.",
      "Writes a bundle: model.json, its trees and report.md; the same bytes on every run.",
      "With --every it stays, and trains again at an interval on what there is then."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputFiles files;
  @Mixin private TrainingOptions training;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description =
          "Stay, and train again every TIME, such as 1d; each model into a folder of --out that is"
              + " called as its version.")
  private String every;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "With --every, how many times it trains. Default: until Ctrl-C.")
  private Integer runs;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      description = "With --every, the registry of models that takes each version in, in shadow.")
  private Path registry;

  @Mixin private ShadowPublication shadow;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the bundle.")
  private Path out;

  @Option(names = "--json", description = "Print what it is worth as JSON.")
  private boolean json;

  /** Where what was trained scores in shadow; null where it does not. */
  private JobConfiguration gate;

  @Override
  public Integer call() throws Exception {
    TrainingPlan plan = training.plan();
    if (shadow.isAsked()) {
      if (registry == null) {
        throw new ParameterException(spec.commandLine(), "--shadow needs --registry");
      }
      gate = shadow.gate(training.config());
    }
    if (every != null) {
      retrain(plan, training.duration("--every", every));
    } else if (runs != null || registry != null) {
      throw new ParameterException(
          spec.commandLine(), (runs != null ? "--runs" : "--registry") + " needs --every");
    } else {
      write(trained(plan), out);
    }
    return ExitCode.DONE;
  }

  private TrainedModel trained(TrainingPlan plan) throws IOException {
    return TrainingRun.train(training.rows(files, "train"), plan, this::progress);
  }

  private void write(TrainedModel trained, Path folder) throws IOException {
    trained.write(folder);
    new TrainedReport(trained, folder).print(spec.commandLine().getOut(), json);
  }

  /** Trains at an interval from when it last began; a time that was missed is not made up for. */
  private void retrain(TrainingPlan plan, long everyUs) throws IOException, InterruptedException {
    for (int run = 1; ; run++) {
      long startedNanos = System.nanoTime();
      retrain(plan);
      if (runs != null && run >= runs) {
        return;
      }
      long leftNanos = everyUs * 1_000 - (System.nanoTime() - startedNanos);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, leftNanos));
    }
  }

  private void retrain(TrainingPlan plan) throws IOException, InterruptedException {
    try {
      TrainedModel trained = trained(plan);
      Path folder = out.resolve(trained.bundle().version());
      if (Files.exists(folder.resolve(ModelBundle.FILE))) {
        progress("the same model as before: " + folder);
      } else {
        write(trained, folder);
        register(trained.bundle(), folder);
      }
    } catch (TrainingException | InputException | TopicsException e) {
      // What is missing now may be there next time.
      progress("no model this time: " + e.getMessage());
    }
  }

  /** It waits there until somebody promotes it, and meanwhile scores where it was asked to. */
  private void register(ModelBundle bundle, Path folder) throws IOException, InterruptedException {
    if (registry == null) {
      return;
    }
    Registry versions = new Registry(registry);
    Path to = versions.add(bundle.name(), folder, bundle.version());
    versions.note(bundle.name(), inShadow(bundle, null));
    progress("version " + bundle.version() + " is in " + to + ", in shadow");
    if (gate != null) {
      String commandId = shadow.publish(gate, to);
      if (commandId != null) {
        versions.note(bundle.name(), inShadow(bundle, commandId));
        progress("version " + bundle.version() + " is published, in shadow");
      }
    }
  }

  private static Change inShadow(ModelBundle bundle, String commandId) {
    return new Change(
        Times.iso(System.currentTimeMillis() * 1_000),
        bundle.version(),
        Stage.SHADOW,
        System.getProperty("user.name"),
        commandId == null ? "trained" : "published in shadow",
        commandId);
  }

  private void progress(String step) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("train: " + step);
    err.flush();
  }
}
