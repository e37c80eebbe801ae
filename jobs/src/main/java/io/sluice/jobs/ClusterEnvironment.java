package io.sluice.jobs;

import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topics;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a main class that Flink runs submits its job to. In an application cluster that is the job
 * manager it runs in: there it runs again whenever a job manager takes over, Flink goes on with the
 * job that is known already once it is submitted, and what is thrown before ends the application
 * for good.
 */
public final class ClusterEnvironment {
  /** Flink's name for the executor of an application cluster. */
  private static final String IN_JOB_MANAGER = "embedded";

  private ClusterEnvironment() {}

  /**
   * The environment that Flink has set up. In a job manager Kafka is waited for: that it is away is
   * no reason to end.
   */
  public static StreamExecutionEnvironment of(KafkaSettings kafka) throws InterruptedException {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(FlinkOptions.fixed(new Configuration()));
    if (isInJobManager(environment.getConfiguration())) {
      Topics.awaitKafka(kafka);
    }
    return environment;
  }

  /** Whether the main class runs in a job manager. */
  public static boolean isInJobManager(ReadableConfig flink) {
    return IN_JOB_MANAGER.equals(flink.get(DeploymentOptions.TARGET));
  }
}
