package io.sluice.cli.live;

import io.sluice.cli.stack.FlinkCluster;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A risk gate on a Flink cluster. */
public final class ClusterGate {
  private ClusterGate() {}

  /** Starts a gate that runs until it is stopped, or its cluster is. */
  public static RunningGate unbounded(EmbeddedGate.Options options, FlinkCluster cluster)
      throws IOException, InterruptedException {
    LiveJob job = LiveJob.unbounded(options.configuration());
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createRemoteEnvironment(
            "localhost", cluster.restPort(), options.flink());
    environment.setParallelism(options.parallelism());
    return new RunningGate(job.submit(environment), options.folder());
  }
}
