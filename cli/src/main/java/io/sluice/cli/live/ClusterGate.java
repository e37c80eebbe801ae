package io.sluice.cli.live;

import io.sluice.cli.stack.FlinkCluster;
import io.sluice.jobs.archive.ArchiveJob;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Gate and archive on a Flink cluster. */
public final class ClusterGate {
  private ClusterGate() {}

  /**
   * Starts a gate that runs until it is stopped, or its cluster is, and whose classes the cluster
   * has.
   */
  public static RunningGate unbounded(EmbeddedGate.Options options, FlinkCluster cluster)
      throws IOException, InterruptedException {
    return unbounded(options, cluster.client(), Optional.empty(), Optional.empty());
  }

  /**
   * Starts a gate that runs until it is stopped, or its cluster is.
   *
   * @param client what Flink's clients are told to find the cluster
   * @param jar the job's, where the cluster does not have its classes
   * @param from what to go on from, which is kept; otherwise the newest in the gate's folder
   */
  public static RunningGate unbounded(
      EmbeddedGate.Options options, Configuration client, Optional<Path> jar, Optional<Path> from)
      throws IOException, InterruptedException {
    LiveJob job = LiveJob.unbounded(options.configuration());
    Configuration flink = options.flink();
    from.ifPresent(path -> LiveJob.goOn(flink, path, false));
    StreamExecutionEnvironment environment = environment(client, flink, jar);
    environment.setParallelism(options.parallelism());
    return new RunningGate(job.submit(environment), options.folder());
  }

  /** Starts an archive that runs until it is stopped, or its cluster is. */
  public static RunningJob archive(
      EmbeddedArchive.Options options, Configuration client, Optional<Path> jar)
      throws IOException, InterruptedException {
    Files.createDirectories(LiveJob.checkpointsIn(options.folder()));
    Configuration flink =
        LiveJob.flink(
            GlobalConfiguration.loadConfiguration(options.flinkConf().toString()),
            options.folder());
    StreamExecutionEnvironment environment = environment(client, flink, jar);
    environment.setParallelism(options.parallelism());
    return new RunningJob(
        "the archive",
        new ArchiveJob(options.settings(), options.kafka()).submit(environment),
        options.folder());
  }

  private static StreamExecutionEnvironment environment(
      Configuration client, Configuration job, Optional<Path> jar) {
    Configuration all = new Configuration(client);
    all.addAll(job);
    // The client's own: a profile may name another address.
    String[] jars = jar.map(path -> new String[] {path.toString()}).orElse(new String[0]);
    return StreamExecutionEnvironment.createRemoteEnvironment(
        client.get(RestOptions.ADDRESS), client.get(RestOptions.PORT), all, jars);
  }
}
