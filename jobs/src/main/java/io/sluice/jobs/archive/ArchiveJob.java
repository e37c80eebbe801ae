package io.sluice.jobs.archive;

import io.sluice.domain.config.ConfigurationException;
import io.sluice.jobs.ClusterEnvironment;
import io.sluice.jobs.config.ConfigArgument;
import io.sluice.jobs.config.JobConfiguration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The archive: a job of its own, so that a database that is slow or away delays no decision. While
 * it is away Kafka keeps what comes, and the job goes on where it was. Without a checkpoint it
 * writes everything that the topics hold once more, which changes nothing.
 */
public final class ArchiveJob {
  private final ArchiveSettings settings;
  private final KafkaSettings kafka;

  public ArchiveJob(ArchiveSettings settings, KafkaSettings kafka) {
    this.settings = settings;
    this.kafka = kafka;
  }

  /** The archive as Flink submits it, of a configuration that names a ClickHouse. */
  public static void main(String[] arguments) throws Exception {
    JobConfiguration configuration = ConfigArgument.read(arguments);
    ArchiveSettings settings =
        configuration
            .archive()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "the configuration has no section clickhouse, expected where to archive"));
    new ArchiveJob(settings, configuration.kafka())
        .submit(ClusterEnvironment.of(configuration.kafka()));
  }

  /**
   * Submits the job; ClickHouse need not be there yet.
   *
   * @throws io.sluice.jobs.kafka.TopicsException where Kafka or its topics are not as they must be
   */
  public JobClient submit(StreamExecutionEnvironment environment)
      throws IOException, InterruptedException {
    Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
    try (Topics topics = Topics.open(kafka)) {
      topics.check();
      topics.contents().forEach((topic, content) -> partitions.put(topic, content.partitions()));
    }
    // No operator of it changes what it is given.
    environment.getConfig().enableObjectReuse();
    new ArchiveGraph(environment, settings, kafka, partitions).define();
    try {
      return environment.executeAsync("sluice archive");
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the archive cannot be submitted: " + e.getMessage(), e);
    }
  }
}
