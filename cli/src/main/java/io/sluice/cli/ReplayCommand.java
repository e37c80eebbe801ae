package io.sluice.cli;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.json.Durations;
import io.sluice.jobs.config.ConfigurationCheck;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayOptions;
import io.sluice.jobs.replay.ReplayOptions.StateBackend;
import io.sluice.jobs.replay.ReplaySummary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Files in, decisions, events, journal, dead letters and a summary out. */
@Command(
    name = "replay",
    sortOptions = false,
    modelTransformer = InputFiles.Options.class,
    mixinStandardHelpOptions = true,
    description = {
      "Runs recorded market data and order intents through the gate, without any service.",
      "Writes decisions.jsonl, events.jsonl, journal.jsonl, deadletter.jsonl and summary.json: the same bytes on every run."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputFiles files;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration, YAML; without it that of the demo.")
  private Path config;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Parallel market states and gates, 1 to 128; the results do not depend on it. Default: ${DEFAULT-VALUE}.")
  private int parallelism;

  @Option(
      names = "--state-backend",
      paramLabel = "NAME",
      defaultValue = "hashmap",
      description = "Where Flink keeps state: hashmap or rocksdb. Default: ${DEFAULT-VALUE}.")
  private StateBackend stateBackend;

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description = "Folder for checkpoints, so that a replay that was killed can be resumed.")
  private Path checkpointDir;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "Time between checkpoints. Default: ${DEFAULT-VALUE}.")
  private String checkpointInterval;

  @Option(
      names = "--resume",
      description =
          "Go on from the newest checkpoint in --checkpoint-dir, with the same files and configuration.")
  private boolean resume;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the results.")
  private Path out;

  @Option(names = "--json", description = "Print summary.json instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Progress progress = new Progress("replay", spec.commandLine().getErr());
    ReplayOptions options = options();
    warn(options.configuration());
    ReplaySummary summary = new Replay(options, progress::rows).run();
    progress.done();
    if (json) {
      spec.commandLine()
          .getOut()
          .println(java.nio.file.Files.readString(out.resolve("summary.json")));
    } else {
      new Report(spec.commandLine().getOut()).summary(summary, progress, out);
    }
    return ExitCode.DONE;
  }

  private ReplayOptions options() {
    CommandLine command = spec.commandLine();
    if (!files.hasTrades() && !files.hasIntents()) {
      throw new ParameterException(
          command, "there is nothing to replay: name --trades, --quotes or --intents files");
    }
    if (parallelism < 1 || parallelism > 128) {
      throw new ParameterException(
          command, "--parallelism is " + parallelism + ", expected 1 to 128");
    }
    if (resume && checkpointDir == null) {
      throw new ParameterException(command, "--resume needs --checkpoint-dir");
    }
    Long intervalUs = Durations.parseUs(checkpointInterval);
    if (intervalUs == null || intervalUs < 10_000) {
      throw new ParameterException(
          command,
          "--checkpoint-interval is "
              + checkpointInterval
              + ", expected a duration such as 500ms or 5s, at least 10ms");
    }
    Configuration configuration =
        config == null ? ConfigurationFile.packaged() : ConfigurationFile.read(config);
    return new ReplayOptions(
        files.hasIntents() ? configuration.withoutStrategies() : configuration,
        files.list(command),
        parallelism,
        stateBackend,
        checkpointDir,
        Duration.of(intervalUs, ChronoUnit.MICROS),
        resume,
        out);
  }

  private void warn(Configuration configuration) {
    for (String warning : ConfigurationCheck.warnings(configuration)) {
      spec.commandLine().getErr().println("sluice: " + warning);
    }
  }
}
