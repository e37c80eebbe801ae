package io.sluice.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.UidSnapshot;
import io.sluice.jobs.config.ConfigurationFile;
import io.sluice.jobs.input.InputFile;
import io.sluice.jobs.input.InputKind;
import io.sluice.jobs.replay.ReplayOptions.StateBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State is found again by uid: each of these lines stands for savepoints that exist. */
class ReplayGraphTest {
  private static ReplayOptions options() {
    Path trades = Path.of("trades.jsonl");
    return new ReplayOptions(
        ConfigurationFile.packaged(),
        List.of(new InputFile(trades, InputKind.TRADES, 0, null, null)),
        4,
        StateBackend.ROCKSDB,
        null,
        Duration.ofSeconds(5),
        false,
        Path.of("out"));
  }

  private static StreamGraph graph() {
    ReplayOptions options = options();
    var flink = new Replay(options, rows -> {}).flink(Optional.empty(), Path.of("/checkpoints"));
    assertThat(flink.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(flink.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(4, flink);
    Replay.define(environment, options, Path.of("parts"));
    return environment.getStreamGraph();
  }

  @Test
  void everyOperatorHasTheUidThatItsStateIsFoundBy() {
    assertThat(graph().getStreamNodes())
        .extracting(
            node ->
                node.getTransformationUID()
                    + " / "
                    + node.getOperatorName()
                    + " / "
                    + node.getParallelism()
                    + " of "
                    + node.getMaxParallelism())
        .containsExactlyInAnyOrder(
            "source / Source: merged input / 1 of 128",
            "router / router / 1 of 128",
            "market-state / market state / 4 of 128",
            "ordered-edge / ordered edge / 4 of 128",
            "risk-gate / risk gate / 4 of 128",
            "flash-crash / flash crash / 4 of 128",
            "flash-crash-output / flash crash output / 4 of 128",
            "output-lines / output lines / 4 of 128",
            "files / files: Writer / 4 of 128");
  }

  @Test
  void checkpointsFindEveryOperatorAgain() throws IOException {
    UidSnapshot.require("replay", graph());
  }

  /** A job that began anew would give the same results, later. */
  @Test
  void whatIsResumedStartsFromTheNewestCheckpoint(@TempDir Path folder) throws IOException {
    CheckpointFolder checkpoints = new CheckpointFolder(folder);
    checkpoints.begin("inputs", "configuration");
    assertThat(checkpoints.resume("inputs", "configuration")).isEmpty();
    Path newest = checkpoint(folder, "job-1/chk-12", 2_000);
    checkpoint(folder, "job-2/chk-3", 1_000);
    Files.createDirectories(folder.resolve("checkpoints/job-2/chk-4"));
    Optional<Path> from = checkpoints.resume("inputs", "configuration");
    assertThat(from).contains(newest);
    var flink = new Replay(options(), rows -> {}).flink(from, checkpoints.checkpoints());
    assertThat(flink.get(StateRecoveryOptions.SAVEPOINT_PATH)).isEqualTo(newest.toUri().toString());
    checkpoints.clear();
    assertThat(folder).isEmptyDirectory();
  }

  private static Path checkpoint(Path folder, String name, long modifiedMs) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoints").resolve(name));
    Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(modifiedMs));
    return checkpoint;
  }
}
