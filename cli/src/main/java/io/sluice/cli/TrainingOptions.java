package io.sluice.cli;

import io.sluice.cli.training.FeatureReplay;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.Durations;
import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.scoring.Label;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.Input;
import io.sluice.jobs.input.KafkaInputs;
import io.sluice.jobs.kafka.Topic;
import io.sluice.scoring.LightGbmTrainer;
import io.sluice.scoring.LightGbmTrainer.Settings;
import io.sluice.scoring.training.Dataset;
import io.sluice.scoring.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what a model is trained on, and how. */
final class TrainingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--market",
      paramLabel = "ID",
      description = "Instrument to train on, where the files hold several.")
  private String market;

  @Option(
      names = "--kafka",
      description =
          "Train on what the topics of trades and quotes hold, of the Kafka that --config names,"
              + " instead of files.")
  private boolean isOfTopics;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      description = "Train on the newest TIME only, such as 30d. Default: all there is.")
  private String window;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration of the gate: its regimes, volatility and crash rules tell the regimes of"
              + " rows, its features what a row has. Default: steps of volatility, all features of"
              + " one instrument.")
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
      names = "--feature-fraction",
      paramLabel = "FRACTION",
      defaultValue = "0.9",
      description = "Part of the features a tree may look at. Default: ${DEFAULT-VALUE}.")
  private double featureFraction;

  @Option(
      names = "--bagging-fraction",
      paramLabel = "FRACTION",
      defaultValue = "0.8",
      description = "Part of the rows a tree is grown from. Default: ${DEFAULT-VALUE}.")
  private double baggingFraction;

  @Option(
      names = "--leaf-rows",
      paramLabel = "N",
      defaultValue = "20",
      description = "Rows of a leaf at least. Default: ${DEFAULT-VALUE}.")
  private int leafRows;

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

  /** The gate's configuration, or null. */
  Path config() {
    return config;
  }

  /**
   * @throws ParameterException where an option is outside of its range
   */
  TrainingPlan plan() {
    double most = label == Label.Kind.TRIPLE_BARRIER ? barrier : 0;
    if (label == Label.Kind.TRIPLE_BARRIER && !(barrier > 0 && barrier < 1)) {
      throw bad("--barrier", barrier, "a fraction between 0 and 1");
    }
    fraction("--validation", validation, 0.9);
    fraction("--test", test, 0.9);
    fraction("--rate", rate, 1);
    fraction("--feature-fraction", featureFraction, 1);
    fraction("--bagging-fraction", baggingFraction, 1);
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
            featureFraction,
            baggingFraction,
            Settings.DEFAULT.baggingEvery(),
            positive("--leaf-rows", leafRows, 1),
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

  long duration(String option, String value) {
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

  /**
   * The rows of the files, or of the topics.
   *
   * @param what the command, for its progress
   */
  Dataset rows(InputFiles files, String what) throws IOException {
    BarInterval bars = BarInterval.of(interval);
    if (bars == null) {
      throw bad("--interval", interval, "1s, 1m, 5m or 15m");
    }
    // Said before the rows are read, which takes a while.
    LightGbmTrainer.require();
    Configuration gate = config == null ? null : ConfigurationFile.read(config);
    Progress progress = new Progress(what, spec.commandLine().getErr());
    Dataset data = FeatureReplay.of(inputs(files), market, bars, gate, progress::rows);
    progress.done();
    return window == null ? data : data.newest(duration("--window", window));
  }

  private List<? extends Input> inputs(InputFiles files) throws IOException {
    if (isOfTopics == files.hasTrades()) {
      throw new ParameterException(
          spec.commandLine(),
          isOfTopics
              ? "--kafka and files are named, expected one of them"
              : "there is nothing to train on: name --trades files, or --kafka");
    }
    if (!isOfTopics) {
      return files.list(spec.commandLine());
    }
    if (config == null) {
      throw new ParameterException(
          spec.commandLine(), "--kafka needs --config, which says how Kafka is reached");
    }
    return KafkaInputs.of(ConfigurationFile.readJob(config).kafka(), Topic.MARKET);
  }
}
