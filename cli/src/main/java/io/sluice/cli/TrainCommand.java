package io.sluice.cli;

import io.sluice.cli.training.FeatureReplay;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.Durations;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.scoring.Label;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.OutOfSample;
import io.sluice.scoring.training.TrainedModel;
import io.sluice.scoring.training.TrainingPlan;
import io.sluice.scoring.training.TrainingRun;
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

  @Option(
      names = "--market",
      paramLabel = "ID",
      description = "Instrument to train on, where the files hold several.")
  private String market;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration of the gate: its regimes, volatility and crash rules tell the regimes of"
              + " rows. Default: steps of volatility.")
  private Path config;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "direction",
      description = "Name of the model. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "Length of the bars: 1s, 1m, 5m or 15m. Default: ${DEFAULT-VALUE}.")
  private String interval;

  @Option(
      names = "--label",
      paramLabel = "KIND",
      defaultValue = "triple_barrier",
      description = "What to foresee: triple_barrier or forward_return. Default: ${DEFAULT-VALUE}.")
  private Label.Kind label;

  @Option(
      names = "--horizon",
      paramLabel = "TIME",
      defaultValue = "15m",
      description = "How far to look ahead. Default: ${DEFAULT-VALUE}.")
  private String horizon;

  @Option(
      names = "--barrier",
      paramLabel = "FRACTION",
      defaultValue = "0.005",
      description = "Move of the price of triple_barrier. Default: ${DEFAULT-VALUE}.")
  private double barrier;

  @Option(
      names = "--embargo",
      paramLabel = "TIME",
      description = "Time after rows judged by in which nothing is learned. Default: the horizon.")
  private String embargo;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      defaultValue = "0.2",
      description = "Part to stop and calibrate by. Default: ${DEFAULT-VALUE}.")
  private double validation;

  @Option(
      names = "--test",
      paramLabel = "FRACTION",
      defaultValue = "0.25",
      description = "Last part, that the model is judged by. Default: ${DEFAULT-VALUE}.")
  private double test;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "40",
      description = "How many features the model may have. Default: ${DEFAULT-VALUE}.")
  private int features;

  @Option(
      names = "--regime-rows",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Rows of a regime for trees of its own. Default: ${DEFAULT-VALUE}.")
  private int regimeRows;

  @Option(
      names = "--min-confidence",
      paramLabel = "FRACTION",
      defaultValue = "0.55",
      description = "Probability from which the model trades. Default: ${DEFAULT-VALUE}.")
  private double minConfidence;

  @Option(
      names = "--leaves",
      paramLabel = "N",
      defaultValue = "31",
      description = "Leaves of a tree. Default: ${DEFAULT-VALUE}.")
  private int leaves;

  @Option(
      names = "--rate",
      paramLabel = "FRACTION",
      defaultValue = "0.05",
      description = "Learning rate. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Trees at most. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "50",
      description = "Trees that bring nothing before it stops. Default: ${DEFAULT-VALUE}.")
  private int patience;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the bundle.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    TrainingPlan plan = plan();
    BarInterval bars = BarInterval.of(interval);
    if (bars == null) {
      throw bad("--interval", interval, "1s, 1m, 5m or 15m");
    }
    if (!files.hasTrades()) {
      throw new ParameterException(
          spec.commandLine(), "there is nothing to train on: name --trades files");
    }
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = new Progress("train", err);
    Configuration gate = config == null ? null : ConfigurationFile.read(config);
    Dataset data =
        FeatureReplay.of(files.list(spec.commandLine()), market, bars, gate, progress::rows);
    progress.done();
    TrainedModel trained =
        TrainingRun.train(
            data,
            plan,
            step -> {
              err.println("train: " + step);
              err.flush();
            });
    trained.write(out);
    report(trained);
    return ExitCode.DONE;
  }

  private TrainingPlan plan() {
    Settings usual = Settings.DEFAULT;
    double most = label == Label.Kind.TRIPLE_BARRIER ? barrier : 0;
    if (label == Label.Kind.TRIPLE_BARRIER && !(barrier > 0 && barrier < 1)) {
      throw bad("--barrier", barrier, "a fraction between 0 and 1");
    }
    fraction("--validation", validation, 0.9);
    fraction("--test", test, 0.9);
    fraction("--rate", rate, 1);
    if (!(minConfidence >= 0.5 && minConfidence <= 1)) {
      throw bad("--min-confidence", minConfidence, "from 0.5 to 1");
    }
    long horizonUs = duration("--horizon", horizon);
    return new TrainingPlan(
        name,
        new Label(label, horizonUs, most),
        new Settings(
            positive("--leaves", leaves, 2),
            rate,
            usual.featureFraction(),
            usual.baggingFraction(),
            usual.baggingEvery(),
            usual.leafRows(),
            positive("--rounds", rounds, 1),
            positive("--patience", patience, 1)),
        validation,
        test,
        embargo == null ? horizonUs : duration("--embargo", embargo),
        positive("--features", features, 1),
        positive("--regime-rows", regimeRows, 1),
        minConfidence);
  }

  private void fraction(String option, double value, double most) {
    if (!(value > 0 && value <= most)) {
      throw bad(option, value, "above 0, at most " + most);
    }
  }

  private int positive(String option, int value, int least) {
    if (value < least) {
      throw bad(option, value, "at least " + least);
    }
    return value;
  }

  private long duration(String option, String value) {
    Long us = Durations.parseUs(value);
    if (us == null || us < 1_000) {
      throw bad(option, value, "a duration such as 30s, 15m or 1h");
    }
    return us;
  }

  private ParameterException bad(String option, Object value, String expected) {
    return new ParameterException(
        spec.commandLine(), option + " is " + value + ", expected " + expected);
  }

  private void report(TrainedModel trained) {
    PrintWriter print = spec.commandLine().getOut();
    OutOfSample record = trained.record();
    print.printf(
        Locale.ROOT,
        "model %s version %s with %d features: out of sample AUC %.4f ± %.4f, log loss %.4f"
            + " (share of up %.4f), on %d rows%n",
        name,
        trained.bundle().version(),
        trained.bundle().features().size(),
        record.model().auc(),
        record.standardError(),
        record.model().logLoss(),
        record.base().logLoss(),
        record.model().rows());
    print.println(
        record.hasEdge()
            ? "there is an edge out of sample, before costs"
            : "there is NO edge out of sample: do not trade it");
    print.println("bundle: " + out + ", report: " + out.resolve(TrainedModel.REPORT));
  }
}
