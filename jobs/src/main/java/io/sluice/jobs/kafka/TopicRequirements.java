package io.sluice.jobs.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What topics have to be like, because Sluice's promises rest on it. */
final class TopicRequirements {
  private static final long SEVEN_DAYS_MS = 604_800_000L;

  private final KafkaSettings settings;

  TopicRequirements(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * What is wrong, and what to do about it, in a text each.
   *
   * @param partitions of the topics that are there
   * @param configurations of the same topics, in force for them whoever set it
   */
  List<String> unmet(
      Map<Topic, Integer> partitions, Map<Topic, Map<String, String>> configurations) {
    List<String> problems = new ArrayList<>();
    missing(partitions.keySet(), problems);
    partitions.forEach((topic, count) -> of(topic, count, configurations.get(topic), problems));
    return problems;
  }

  private void missing(Set<Topic> existing, List<String> problems) {
    List<String> missing = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (!existing.contains(topic)) {
        missing.add(settings.nameOf(topic));
      }
    }
    if (!missing.isEmpty()) {
      problems.add(
          "missing " + String.join(", ", missing) + ", create them (docs/kafka.md says with what)");
    }
  }

  private void of(
      Topic topic, int partitions, Map<String, String> configuration, List<String> problems) {
    if (topic == Topic.CONTROL_COMMANDS) {
      if (partitions != 1) {
        problems.add(
            settings.nameOf(topic)
                + " has "
                + partitions
                + " partitions, expected 1: commands need one order; use a new topic with one"
                + " partition, under another kafka.topic_prefix");
      }
      require(topic, configuration, "retention.ms", "-1", problems);
    }
    if (topic == Topic.RISK_INPUTS) {
      require(topic, configuration, "message.timestamp.type", "LogAppendTime", problems);
      long retentionMs = Long.parseLong(configuration.get("retention.ms"));
      if (retentionMs >= 0 && retentionMs < SEVEN_DAYS_MS) {
        problems.add(
            changed(
                topic,
                "retention.ms",
                String.valueOf(retentionMs),
                "at least " + SEVEN_DAYS_MS + " (7 days), or -1"));
      }
    }
    // A line holds all that one entry brought about. One that the broker refuses would stop the
    // gate, which folds the same entry after every restart.
    if (topic == Topic.RISK_JOURNAL) {
      long bytes = Long.parseLong(configuration.get("max.message.bytes"));
      if (bytes < Topic.MAX_RECORD_BYTES) {
        problems.add(
            changed(
                topic,
                "max.message.bytes",
                String.valueOf(bytes),
                "at least " + Topic.MAX_RECORD_BYTES));
      }
    }
    require(topic, configuration, "cleanup.policy", "delete", problems);
  }

  private void require(
      Topic topic,
      Map<String, String> configuration,
      String key,
      String expected,
      List<String> problems) {
    String value = configuration.get(key);
    if (!expected.equals(value)) {
      problems.add(changed(topic, key, value, expected));
    }
  }

  private String changed(Topic topic, String key, String value, String expected) {
    return settings.nameOf(topic)
        + " has "
        + key
        + " "
        + value
        + ", expected "
        + expected
        + ": change it with kafka-configs.sh --alter";
  }
}
