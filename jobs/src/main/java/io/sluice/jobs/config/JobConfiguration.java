package io.sluice.jobs.config;

import io.sluice.domain.config.Configuration;
import io.sluice.jobs.kafka.KafkaSettings;

/**
 * The whole configuration of a live run.
 *
 * @param risk what decides; it is an input of the gate and stands in the journal
 * @param kafka how Kafka is reached; it decides nothing
 */
public record JobConfiguration(Configuration risk, KafkaSettings kafka) {}
