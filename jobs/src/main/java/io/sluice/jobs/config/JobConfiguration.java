package io.sluice.jobs.config;

import io.sluice.domain.config.Configuration;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import java.util.Optional;

/**
 * The whole configuration of a live run.
 *
 * @param risk what decides; it is an input of the gate and stands in the journal
 * @param kafka how Kafka is reached; it decides nothing
 * @param archive what is archived and where, if anything is; it decides nothing
 */
public record JobConfiguration(
    Configuration risk, KafkaSettings kafka, Optional<ArchiveSettings> archive) {

  /** One without an archive. */
  public JobConfiguration(Configuration risk, KafkaSettings kafka) {
    this(risk, kafka, Optional.empty());
  }
}
