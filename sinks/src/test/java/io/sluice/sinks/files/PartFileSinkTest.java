package io.sluice.sinks.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that fails once between two checkpoints leaves the files of one that did not. */
class PartFileSinkTest {
  private static final int ENTRIES = 2_000;
  private static final int ENTRIES_PER_CHECKPOINT = 400;

  private static final AtomicBoolean FAILED = new AtomicBoolean();

  @TempDir Path folder;

  @BeforeEach
  void mayFailOnce() {
    FAILED.set(false);
  }

  /**
   * Short lines and an early failure: all the first attempt wrote is in its buffers, lost unless
   * the checkpoints flushed it. Long lines and a late failure: buffers let go of lines that no
   * checkpoint covers and that are emitted again.
   */
  @ParameterizedTest(name = "parallelism {0}, failure {1} entries behind a checkpoint")
  @CsvSource({"1, 5, 0", "2, 5, 0", "1, 195, 2000", "2, 195, 2000"})
  void leavesTheSameFilesAfterAFailure(int parallelism, int behind, int filling) throws Exception {
    Path scratch = folder.resolve("scratch");
    Path out = folder.resolve("out");

    run(scratch, parallelism, behind, filling);
    try (OutputAssembly assembly = OutputAssembly.into(out)) {
      assembly.assemble(scratch, (file, line) -> {});
      assembly.publish();
    }

    assertThat(FAILED).isTrue();
    List<String> decisions = new ArrayList<>();
    for (int group = 0; group < 3; group++) {
      for (long seq = group; seq < ENTRIES; seq += 3) {
        decisions.add(decision(group, seq, filling));
      }
    }
    List<String> deadLetters = new ArrayList<>();
    for (long line = 0; line < ENTRIES; line += 10) {
      deadLetters.add(deadLetter(line));
    }
    assertThat(Files.readAllLines(out.resolve("decisions.jsonl"))).isEqualTo(decisions);
    assertThat(Files.readAllLines(out.resolve("deadletter.jsonl"))).isEqualTo(deadLetters);
    assertThat(out.resolve("journal.jsonl")).isEmptyFile();
    if (behind > 100) {
      assertThat(linesInParts(scratch)).isGreaterThan(decisions.size() + deadLetters.size());
    }
  }

  private static void run(Path scratch, int parallelism, int behind, int filling) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    StreamExecutionEnvironment job =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    // At most so many entries between two checkpoints: the job lasts for a few.
    DataGeneratorSource<Long> source =
        new DataGeneratorSource<>(
            number -> number,
            ENTRIES,
            RateLimiterStrategy.perCheckpoint(ENTRIES_PER_CHECKPOINT),
            Types.LONG);
    job.fromSource(source, WatermarkStrategy.noWatermarks(), "entries")
        .uid("entries")
        .flatMap(new FailingOnce(behind, filling))
        .returns(OutputLine.class)
        .uid("gate")
        .rebalance()
        .sinkTo(new PartFileSink(scratch))
        .uid("files");
    job.execute();
  }

  private static int linesInParts(Path scratch) throws IOException {
    int lines = 0;
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(scratch)) {
      for (Path part : parts) {
        try (PartReader reader = PartReader.open(part)) {
          while (reader.next() != null) {
            lines++;
          }
        }
      }
    }
    return lines;
  }

  private static String decision(int group, long seq, int filling) {
    return "{\"group\":\"g"
        + group
        + "\",\"seq\":"
        + seq
        + ",\"why\":\""
        + "x".repeat(filling)
        + "\"}";
  }

  private static String deadLetter(long line) {
    return "{\"offset\":" + line + "}";
  }

  /** Answers entries; fails, in the job's first attempt, so many of them behind a checkpoint. */
  private static final class FailingOnce extends RichFlatMapFunction<Long, OutputLine>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private final int failAt;
    private final int filling;
    private int checkpoints;
    private int seenSince;

    FailingOnce(int failAt, int filling) {
      this.failAt = failAt;
      this.filling = filling;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      checkpoints++;
      seenSince = 0;
    }

    @Override
    public void flatMap(Long number, Collector<OutputLine> out) {
      if (checkpoints >= 2 && ++seenSince == failAt && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("fails once, as it should");
      }
      int group = (int) (number % 3);
      byte[] decision = decision(group, number, filling).getBytes(UTF_8);
      out.collect(OutputLine.decision("g" + group, number, 0, decision));
      if (number % 10 == 0) {
        out.collect(OutputLine.deadLetter(0, number, "t", deadLetter(number).getBytes(UTF_8)));
      }
    }
  }
}
