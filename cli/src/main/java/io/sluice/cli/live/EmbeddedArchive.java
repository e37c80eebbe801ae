package io.sluice.cli.live;

import io.sluice.cli.stack.FreePort;
import io.sluice.jobs.archive.ArchiveJob;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.live.LiveJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * An archive whose Flink runs in this JVM, beside that of a gate and not in it: neither waits for
 * the other, neither fails with it.
 */
public final class EmbeddedArchive extends RunningJob {
  private final int uiPort;
  private final FlinkScratch scratch;

  private EmbeddedArchive(JobClient job, Path folder, int uiPort, FlinkScratch scratch) {
    super("the archive", job, folder);
    this.uiPort = uiPort;
    this.scratch = scratch;
  }

  /**
   * How an archive is run.
   *
   * @param flinkConf folder with a profile's config.yaml
   * @param folder its own, for checkpoints
   */
  public record Options(
      ArchiveSettings settings,
      KafkaSettings kafka,
      Path flinkConf,
      Path folder,
      int parallelism) {}

  /** Starts one that runs until it is stopped. */
  public static EmbeddedArchive start(Options options) throws IOException, InterruptedException {
    Files.createDirectories(LiveJob.checkpointsIn(options.folder()));
    Configuration flink =
        LiveJob.flink(
            GlobalConfiguration.loadConfiguration(options.flinkConf().toString()),
            options.folder());
    int uiPort = FreePort.orAny(0, 0);
    flink.set(RestOptions.PORT, uiPort);
    FlinkScratch scratch = FlinkScratch.in(options.folder());
    scratch.tell(flink);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
    environment.setParallelism(options.parallelism());
    JobClient job = new ArchiveJob(options.settings(), options.kafka()).submit(environment);
    return new EmbeddedArchive(job, options.folder(), uiPort, scratch);
  }

  @Override
  public void close() throws InterruptedException {
    super.close();
    scratch.clear();
  }

  /** Where Flink's web UI is. */
  public String ui() {
    return "http://localhost:" + uiPort;
  }
}
