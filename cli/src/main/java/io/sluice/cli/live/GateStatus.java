package io.sluice.cli.live;

import io.sluice.domain.config.Configuration;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.Topics;
import io.sluice.jobs.kafka.Topics.Content;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the topics tell of a gate.
 *
 * @param atUs when they were asked, epoch microseconds
 * @param contents what is in each topic
 * @param unread how many records of a topic are behind what the gate has said it has read
 * @param heartbeats each group's newest of the last hour
 * @param missing groups of the configuration that have none
 */
public record GateStatus(
    long atUs,
    Map<Topic, Content> contents,
    Map<Topic, Long> unread,
    Map<String, Heartbeat> heartbeats,
    Set<String> missing) {
  private static final Duration LOOKED_BACK = Duration.ofHours(1);

  /**
   * @param risk the gate's configuration, where it is known
   * @throws io.sluice.jobs.kafka.TopicsException where Kafka does not answer
   */
  public static GateStatus of(KafkaSettings kafka, Optional<Configuration> risk) {
    Map<Topic, Content> contents;
    Map<Topic, Long> unread;
    try (Topics topics = Topics.open(kafka)) {
      contents = topics.contents();
      unread = topics.unread();
    }
    long nowMs = System.currentTimeMillis();
    Map<String, Heartbeat> heartbeats =
        contents.containsKey(Topic.RISK_EVENTS)
            ? Heartbeat.newestSince(kafka, nowMs - LOOKED_BACK.toMillis())
            : Map.of();
    Set<String> missing = new TreeSet<>(risk.map(Configuration::groups).orElse(Set.of()));
    missing.removeAll(heartbeats.keySet());
    return new GateStatus(nowMs * 1_000, contents, unread, heartbeats, missing);
  }

  /** Whether every group that is known has given a sign of life lately. */
  public boolean isAlive() {
    return !heartbeats.isEmpty()
        && missing.isEmpty()
        && heartbeats.values().stream().allMatch(beat -> beat.isAliveAt(atUs));
  }

  /** How many records of the inputs could not be read. */
  public long deadLetters() {
    Content content = contents.get(Topic.RISK_DEADLETTER);
    return content == null ? 0 : content.records();
  }
}
