package io.sluice.jobs.live;

import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.jobs.Checkpoints;
import io.sluice.jobs.ClusterEnvironment;
import io.sluice.jobs.FlinkOptions;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.input.KafkaInputs;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicWriter;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.replay.ReplaySource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The risk gate on Kafka, from its start: topics are checked, the configuration is written to
 * {@code risk.inputs}, and the job goes on from the newest checkpoint in its folder. Without one
 * the gate folds {@code risk.inputs} from the first entry, which gives the same state and the same
 * bytes.
 */
public final class LiveJob {
  private static final List<Topic> INPUTS =
      Stream.concat(Topic.MARKET.stream(), Topic.ORDERS.stream()).toList();

  private final JobConfiguration configuration;
  private final boolean isBounded;

  private LiveJob(JobConfiguration configuration, boolean isBounded) {
    this.configuration = configuration;
    this.isBounded = isBounded;
  }

  /**
   * A job that runs until it is stopped, on the wall clock.
   *
   * @throws ConfigurationException where the configuration is not for a live run
   */
  public static LiveJob unbounded(JobConfiguration configuration) {
    if (configuration.risk().clock() != Configuration.ClockSource.WALL) {
      throw new ConfigurationException(
          "clock is event, expected wall: a live gate's time passes by itself; event is for replay"
              + " and --bounded");
    }
    return new LiveJob(configuration, false);
  }

  /**
   * A job that reads what its topics hold now, merged into one order as a replay merges files, on
   * the event clock.
   *
   * @throws ConfigurationException where the configuration is not for that
   */
  public static LiveJob bounded(JobConfiguration configuration) {
    if (configuration.risk().clock() != Configuration.ClockSource.EVENT) {
      throw new ConfigurationException(
          "clock is wall, expected event: a bounded run takes its time from the data");
    }
    return new LiveJob(configuration, true);
  }

  /** Where checkpoints are kept below a job's folder. */
  public static Path checkpointsIn(Path folder) {
    return folder.resolve("checkpoints");
  }

  /** Where savepoints that somebody asked for are kept below a job's folder. */
  public static Path savepointsIn(Path folder) {
    return folder.resolve("savepoints");
  }

  /** The newest of a job's checkpoints and savepoints; empty where it has none. */
  public static Optional<Path> newestIn(Path folder) throws IOException {
    return Checkpoints.newestIn(
        List.of(checkpointsIn(folder).toAbsolutePath(), savepointsIn(folder).toAbsolutePath()));
  }

  /**
   * What Flink is told beside a profile: where checkpoints go, and which one to go on from.
   *
   * @param folder the job's own; the same one for every run of the same gate
   */
  public static org.apache.flink.configuration.Configuration flink(
      org.apache.flink.configuration.Configuration profile, Path folder) throws IOException {
    var flink = FlinkOptions.fixed(profile);
    Path checkpoints = checkpointsIn(folder).toAbsolutePath();
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    newestIn(folder).ifPresent(newest -> goOn(flink, newest, newest.startsWith(checkpoints)));
    return flink;
  }

  /**
   * Tells Flink to go on from a checkpoint or savepoint.
   *
   * @param isClaimed whether it becomes the job's own, which deletes it in time
   */
  public static void goOn(
      org.apache.flink.configuration.Configuration flink, Path from, boolean isClaimed) {
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, from.toAbsolutePath().toUri().toString());
    flink.set(
        StateRecoveryOptions.RESTORE_MODE,
        isClaimed ? RecoveryClaimMode.CLAIM : RecoveryClaimMode.NO_CLAIM);
  }

  /**
   * Writes the configuration and submits the job.
   *
   * @throws ConfigurationException where accounts would leave the groups that keep their books
   * @throws io.sluice.jobs.kafka.TopicsException where Kafka or its topics are not as they must be
   */
  public JobClient submit(StreamExecutionEnvironment environment)
      throws IOException, InterruptedException {
    Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
    try (Topics topics = Topics.open(configuration.kafka())) {
      topics.check();
      if (isFromStart(environment)) {
        topics.requireFromFirst(Topic.RISK_INPUTS);
      }
      topics.contents().forEach((topic, content) -> partitions.put(topic, content.partitions()));
    }
    int entryPartitions = partitions.get(Topic.RISK_INPUTS);
    Path folder = localFolder(environment);
    FixedPartitions.require(
        folder, configuration.kafka().nameOf(Topic.RISK_INPUTS), entryPartitions);
    WrittenConfiguration written =
        new WrittenConfiguration(configuration.kafka(), entryPartitions, folder);
    written.requireReplaceableBy(configuration.risk());
    LiveGraph graph = new LiveGraph(environment, configuration, partitions);
    written.forget();
    if (isBounded) {
      graph.defineBounded(new ReplaySource(KafkaInputs.of(configuration.kafka(), INPUTS)));
    } else {
      new ConfigEntries(configuration, entryPartitions)
          .write(System.currentTimeMillis() * 1_000, patience(environment));
      written.keep(configuration.risk());
      graph.define(CommandsBefore.of(configuration));
    }
    try {
      return environment.executeAsync("sluice risk gate");
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the job cannot be submitted: " + e.getMessage(), e);
    }
  }

  /** A job manager has nothing better to do than to wait: what it gave up would be for good. */
  private static Duration patience(StreamExecutionEnvironment environment) {
    return ClusterEnvironment.isInJobManager(environment.getConfiguration())
        ? TopicWriter.FOR_EVER
        : TopicWriter.PATIENCE;
  }

  /**
   * Whether it is known already that there is nothing to go on from. A job manager may have stored
   * something; where it has not, the source of the entries finds out.
   */
  private static boolean isFromStart(StreamExecutionEnvironment environment) {
    ReadableConfig flink = environment.getConfiguration();
    return flink.get(StateRecoveryOptions.SAVEPOINT_PATH) == null
        && !ClusterEnvironment.isInJobManager(flink);
  }

  /** The job's own folder; null where its checkpoints are not on this machine. */
  private static Path localFolder(StreamExecutionEnvironment environment) {
    String checkpoints =
        environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    boolean isLocal = checkpoints != null && checkpoints.startsWith("file:");
    return isLocal ? Path.of(URI.create(checkpoints)).getParent() : null;
  }
}
