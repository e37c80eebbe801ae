package io.sluice.cli.live;

import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A risk gate whose Flink runs in this JVM, web UI included. What it has done survives the JVM, in
 * its folder and in Kafka.
 */
public final class EmbeddedGate extends RunningGate {
  private final int uiPort;
  private final FolderLock lock;
  private final FlinkScratch scratch;

  private EmbeddedGate(
      JobClient job, Path folder, int uiPort, FolderLock lock, FlinkScratch scratch) {
    super(job, folder);
    this.uiPort = uiPort;
    this.lock = lock;
    this.scratch = scratch;
  }

  /**
   * How a gate is run.
   *
   * @param flinkConf folder with a profile's config.yaml
   * @param folder its own, for checkpoints
   * @param uiPort of the web UI
   * @param dropsUnclaimedState whether state of operators that are no more is left behind; else a
   *     savepoint that holds some is refused
   */
  public record Options(
      JobConfiguration configuration,
      Path flinkConf,
      Path folder,
      int parallelism,
      int uiPort,
      boolean dropsUnclaimedState) {

    /** One that is refused state which no operator claims. */
    public Options(
        JobConfiguration configuration, Path flinkConf, Path folder, int parallelism, int uiPort) {
      this(configuration, flinkConf, folder, parallelism, uiPort, false);
    }

    /** What Flink is told, the newest checkpoint to go on from included. */
    Configuration flink() throws IOException {
      Files.createDirectories(LiveJob.checkpointsIn(folder));
      Configuration flink =
          LiveJob.flink(GlobalConfiguration.loadConfiguration(flinkConf.toString()), folder);
      if (dropsUnclaimedState) {
        flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
      }
      return flink;
    }
  }

  /**
   * Starts a gate that runs until it is stopped.
   *
   * @throws io.sluice.cli.stack.StackException where another gate has the folder
   */
  public static EmbeddedGate unbounded(Options options) throws IOException, InterruptedException {
    return start(LiveJob.unbounded(options.configuration()), options);
  }

  /** Starts a gate over what the topics hold now. */
  public static EmbeddedGate bounded(Options options) throws IOException, InterruptedException {
    return start(LiveJob.bounded(options.configuration()), options);
  }

  private static EmbeddedGate start(LiveJob job, Options options)
      throws IOException, InterruptedException {
    FolderLock lock = FolderLock.take(options.folder());
    try {
      Configuration flink = options.flink();
      FlinkScratch scratch = FlinkScratch.in(options.folder());
      scratch.tell(flink);
      flink.set(RestOptions.PORT, options.uiPort());
      StreamExecutionEnvironment environment =
          StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
      environment.setParallelism(options.parallelism());
      return new EmbeddedGate(
          job.submit(environment), options.folder(), options.uiPort(), lock, scratch);
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public void close() throws InterruptedException {
    try {
      super.close();
      scratch.clear();
    } finally {
      lock.close();
    }
  }

  /** Where Flink's web UI is. */
  public String ui() {
    return "http://localhost:" + uiPort;
  }
}
