package io.sluice.jobs.live;

import io.sluice.jobs.ClusterEnvironment;
import io.sluice.jobs.config.ConfigArgument;
import io.sluice.jobs.config.JobConfiguration;

/**
 * The risk gate as Flink submits it: {@code flink run sluice-job.jar --config FILE}, or as the one
 * job of an application cluster. Parallelism, checkpoints and the savepoint to go on from are what
 * Flink is told.
 */
public final class RiskGateJob {
  private RiskGateJob() {}

  public static void main(String[] arguments) throws Exception {
    JobConfiguration configuration = ConfigArgument.read(arguments);
    LiveJob.unbounded(configuration).submit(ClusterEnvironment.of(configuration.kafka()));
  }
}
