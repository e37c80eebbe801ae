package io.sluice.jobs.replay;

import io.sluice.domain.config.Configuration;
import io.sluice.jobs.input.Input;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to replay and how.
 *
 * @param inputs in the order that decides where order times and kinds are equal
 * @param parallelism of market states and gates, at least 1
 * @param stateBackend hashmap or rocksdb
 * @param checkpointDir where checkpoints and unfinished output are kept, or null for none
 * @param resume whether to go on from the newest checkpoint in {@code checkpointDir}
 * @param out the folder for the results
 */
public record ReplayOptions(
    Configuration configuration,
    List<? extends Input> inputs,
    int parallelism,
    StateBackend stateBackend,
    Path checkpointDir,
    Duration checkpointInterval,
    boolean resume,
    Path out) {

  /** Where Flink keeps keyed state. */
  public enum StateBackend {
    HASHMAP,
    ROCKSDB
  }
}
