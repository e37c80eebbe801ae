package io.sluice.benchmarks.runs;

import io.sluice.benchmarks.DeskConfiguration;
import io.sluice.domain.config.Configuration;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.input.MergedInput;
import io.sluice.jobs.replay.Replay;
import io.sluice.jobs.replay.ReplayOptions;
import io.sluice.jobs.replay.ReplayOptions.StateBackend;
import io.sluice.jobs.replay.ReplaySummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One whole run over files, timed inside a JVM of its own: from the opening of the files to the
 * results under their final names, the start of the job included, the start of the JVM not. Prints
 * rows and seconds. With {@code everything} the front does all that it can; the bundle of its model
 * lies in the folder {@code bundle} beside the trades.
 *
 * <pre>
 * WholeRun parse - - - trades.csv [intents.jsonl]
 * WholeRun replay hashmap|rocksdb parallelism out-folder trades.csv [intents.jsonl]
 * WholeRun everything hashmap|rocksdb parallelism out-folder trades.csv [intents.jsonl]
 * </pre>
 */
public final class WholeRun {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  private WholeRun() {}

  public static void main(String[] args) throws Exception {
    List<InputFile> inputs = new ArrayList<>();
    for (int i = 4; i < args.length; i++) {
      InputKind kind = i == 4 ? InputKind.TRADES : InputKind.INTENTS;
      inputs.add(new InputFile(Path.of(args[i]), kind, i - 4, null, null));
    }
    long start = System.nanoTime();
    long rows = args[0].equals("parse") ? parse(inputs) : replay(args, inputs);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%d %.3f%n", rows, seconds);
    System.exit(0);
  }

  /** The control: the same rows in the same order, read and merged and then dropped. */
  private static long parse(List<InputFile> inputs) throws IOException {
    long rows = 0;
    try (MergedInput input = new MergedInput(inputs)) {
      while (input.advance()) {
        rows += input.row() == null ? 0 : 1;
      }
    }
    return rows;
  }

  private static long replay(String[] args, List<InputFile> inputs)
      throws IOException, InterruptedException {
    StateBackend backend = StateBackend.valueOf(args[1].toUpperCase(Locale.ROOT));
    Path out = Path.of(args[3]);
    Configuration configuration =
        args[0].equals("everything")
            ? DeskConfiguration.everything(Path.of(args[4]).resolveSibling("bundle").toString())
            : DeskConfiguration.paper();
    // Checkpoints as a replay that can be resumed takes them, on either backend.
    Path checkpoints = out.resolve("checkpoints");
    Files.createDirectories(checkpoints);
    ReplaySummary summary =
        new Replay(
                new ReplayOptions(
                    configuration,
                    inputs,
                    Integer.parseInt(args[2]),
                    backend,
                    checkpoints,
                    CHECKPOINT_INTERVAL,
                    false,
                    out.resolve("results")),
                rows -> {})
            .run();
    if (!summary.addsUp() || inputs.size() > 1 && summary.decisions() == 0) {
      throw new IllegalStateException("not what is to be measured: " + summary.verdicts());
    }
    if (inputs.size() > 1) {
      System.err.println(summary.verdicts());
    }
    return summary.rows();
  }
}
