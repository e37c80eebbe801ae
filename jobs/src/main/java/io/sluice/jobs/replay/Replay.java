package io.sluice.jobs.replay;

import io.sluice.domain.journal.ConfigChunks;
import io.sluice.jobs.FlinkOptions;
import io.sluice.jobs.Uids;
import io.sluice.jobs.input.MergedInput;
import io.sluice.operators.InputRouter;
import io.sluice.operators.RiskGate;
import io.sluice.operators.edge.GateOutput;
import io.sluice.sinks.files.OutputAssembly;
import io.sluice.sinks.files.OutputFile;
import io.sluice.sinks.files.OutputLine;
import io.sluice.sinks.files.OutputLineTypeInfo;
import io.sluice.sinks.files.PartFileSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a replay in this JVM: files in, five files out, all of them or none. */
public final class Replay {
  private static final String SUMMARY = "summary.json";
  private static final long PROGRESS_MS = 1_000;

  private final ReplayOptions options;
  private final LongConsumer progress;

  /**
   * @param progress is told about once a second how many rows have been read
   */
  public Replay(ReplayOptions options, LongConsumer progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * @throws io.sluice.jobs.input.InputException where an input cannot be read
   * @throws ReplayException where the call cannot be carried out
   * @throws IOException where the results cannot be written
   */
  public ReplaySummary run() throws IOException, InterruptedException {
    checkOut();
    String inputs = fingerprint();
    String configuration = ConfigChunks.hash(options.configuration());
    if (options.checkpointDir() == null) {
      Path scratch = Files.createTempDirectory(options.out().toAbsolutePath(), ".sluice-parts");
      Thread cleanUp = new Thread(() -> deleteQuietly(scratch));
      Runtime.getRuntime().addShutdownHook(cleanUp);
      try {
        return run(scratch, Optional.empty(), null);
      } finally {
        CheckpointFolder.delete(scratch);
        removeHook(cleanUp);
      }
    }
    CheckpointFolder folder = new CheckpointFolder(options.checkpointDir().toAbsolutePath());
    Optional<Path> from = Optional.empty();
    if (options.resume()) {
      from = folder.resume(inputs, configuration);
    } else {
      folder.begin(inputs, configuration);
    }
    ReplaySummary summary = run(folder.parts(), from, folder.checkpoints());
    folder.clear();
    return summary;
  }

  /** What would be in the way at the end is said at the start. */
  private void checkOut() throws ReplayException {
    try {
      OutputAssembly.checkWritable(options.out());
    } catch (IOException e) {
      throw new ReplayException(e.getMessage());
    }
    List<String> names = new ArrayList<>(List.of(SUMMARY));
    for (OutputFile file : OutputFile.values()) {
      names.add(file.fileName());
    }
    for (String name : names) {
      Path file = options.out().resolve(name);
      if (Files.isDirectory(file)) {
        throw new ReplayException(
            file + " is a folder, expected a file or nothing: move it away or name another --out");
      }
    }
  }

  private String fingerprint() throws IOException {
    try (MergedInput input = new MergedInput(options.inputs())) {
      return input.fingerprint();
    }
  }

  private ReplaySummary run(Path parts, Optional<Path> from, Path checkpoints)
      throws IOException, InterruptedException {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            options.parallelism(), flink(from, checkpoints));
    define(environment, options, parts);
    JobExecutionResult result = execute(environment);

    ReplaySummary summary = new ReplaySummary();
    summary.ran(result.getNetRuntime());
    result.<List<String>>getAccumulatorResult(InputRouter.COUNTS).forEach(summary::counted);
    result.<List<String>>getAccumulatorResult(RiskGate.SUMMARIES).forEach(summary::group);
    try (OutputAssembly assembly = OutputAssembly.into(options.out())) {
      assembly.assemble(parts, summary);
      assembly.write(SUMMARY, summary.toJson());
      assembly.publish();
    }
    return summary;
  }

  static void define(StreamExecutionEnvironment environment, ReplayOptions options, Path parts) {
    ReplayGraph.define(
        environment,
        options.configuration(),
        new ReplaySource(options.inputs()),
        outputs -> files(outputs, parts));
  }

  private static void files(DataStream<GateOutput> outputs, Path parts) {
    outputs
        .map(Replay::line, OutputLineTypeInfo.INSTANCE)
        .uid(Uids.OUTPUT_LINES)
        .name("output lines")
        .sinkTo(new PartFileSink(parts))
        .uid(Uids.FILES)
        .name("files");
  }

  private static OutputLine line(GateOutput output) {
    return switch (output.kind()) {
      case DECISION ->
          OutputLine.decision(output.group(), output.seq(), output.sub(), output.json());
      case JOURNAL -> OutputLine.journal(output.group(), output.seq(), output.json());
      case DEAD_LETTER ->
          OutputLine.deadLetter(output.sub(), output.seq(), output.group(), output.json());
      case SCORE -> OutputLine.score(output.group(), output.seq(), output.sub(), output.json());
      case BAR -> OutputLine.bar(output.group(), output.seq(), output.sub(), output.json());
      case EVENT ->
          OutputLine.event(
              output.event().eventTimeUs(),
              output.event().type().name(),
              output.event().scope(),
              output.event().eventId(),
              output.json());
    };
  }

  org.apache.flink.configuration.Configuration flink(Optional<Path> from, Path checkpoints) {
    var flink = FlinkOptions.fixed(new org.apache.flink.configuration.Configuration());
    // A bounded input that fails would fail again: the caller resumes from the checkpoint instead.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    flink.set(
        StateBackendOptions.STATE_BACKEND,
        options.stateBackend().name().toLowerCase(java.util.Locale.ROOT));
    // Accumulators travel with heartbeats; the progress display reads them.
    flink.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, java.time.Duration.ofMillis(PROGRESS_MS));
    if (checkpoints != null) {
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
      flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
      flink.set(
          CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
      flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
      // Tasks that a checkpoint has as finished do not run again, and the counts would be missing.
      flink.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
      flink.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }
    from.ifPresent(
        checkpoint ->
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString()));
    return flink;
  }

  private JobExecutionResult execute(StreamExecutionEnvironment environment)
      throws IOException, InterruptedException {
    try {
      JobClient job = environment.executeAsync("sluice replay");
      while (true) {
        try {
          return job.getJobExecutionResult().get(PROGRESS_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
          report(job);
        }
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (ExecutionException e) {
      throw rootOf(e.getCause());
    } catch (Exception e) {
      throw rootOf(e);
    }
  }

  /** Progress is a courtesy: the job may end, and its cluster with it, while it is being asked. */
  private void report(JobClient job) throws InterruptedException {
    Object rows;
    try {
      rows = job.getAccumulators().get().get(InputRouter.ROWS);
    } catch (ExecutionException | IllegalStateException e) {
      return;
    }
    progress.accept(rows instanceof Long count ? count : 0);
  }

  /** The exception that says what happened, out of those that Flink wraps around it. */
  private static IOException rootOf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof io.sluice.jobs.input.InputException input) {
        return input;
      }
    }
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IOException("the replay failed: " + root, thrown);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down, and the hook is doing its work.
      return;
    }
  }

  /** Tasks may still be making files meanwhile, so that the folder is not empty at first. */
  private static void deleteQuietly(Path folder) {
    for (int attempt = 0; attempt < 10 && Files.exists(folder); attempt++) {
      try {
        CheckpointFolder.delete(folder);
      } catch (IOException | UncheckedIOException e) {
        // The JVM is going down: whatever is left is hidden scratch, named so.
      }
    }
  }
}
