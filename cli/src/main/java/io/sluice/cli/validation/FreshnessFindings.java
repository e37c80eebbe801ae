package io.sluice.cli.validation;

import io.sluice.cli.validation.Finding.Grade;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How old the newest record of each topic is. */
final class FreshnessFindings {
  private static final String FRESHNESS = "freshness";

  /** The gate's clock alone writes an entry every 10 s, and a heartbeat follows from it. */
  private static final long OWN_MS = 60_000;

  private FreshnessFindings() {}

  /**
   * @param newestMs by topic when its newest record was written, epoch milliseconds
   * @param areProbed whether probes have just been answered
   */
  static List<Finding> of(
      KafkaSettings kafka, Map<Topic, Long> newestMs, boolean areProbed, long nowMs) {
    List<Finding> findings = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      Long newest = newestMs.get(topic);
      String name = kafka.nameOf(topic);
      String age = newest == null ? "empty" : Math.max(0, nowMs - newest) / 1_000 + " s old";
      boolean isFresh = newest != null && nowMs - newest <= OWN_MS;
      switch (topic) {
        case RISK_INPUTS, RISK_JOURNAL, RISK_EVENTS ->
            findings.add(
                Finding.of(
                    isFresh,
                    Grade.FAIL,
                    FRESHNESS,
                    name,
                    age,
                    "at most " + OWN_MS / 1_000 + " s old: the clock alone makes one every 10 s",
                    "the front or the gate writes nothing: the job's exceptions"));
        case RISK_DECISIONS -> {
          if (areProbed) {
            findings.add(
                Finding.of(
                    isFresh,
                    Grade.FAIL,
                    FRESHNESS,
                    name,
                    age,
                    "as new as the probes",
                    "the gate decides nothing: the job's exceptions"));
          } else {
            findings.add(Finding.ok(FRESHNESS, name, age, "whenever there was an intent"));
          }
        }
        case MARKET_TRADES ->
            findings.add(
                Finding.of(
                    isFresh,
                    Grade.WARN,
                    FRESHNESS,
                    name,
                    age,
                    "at most " + OWN_MS / 1_000 + " s old while the market is open",
                    "without market data every opening order is refused (R25): is the feed up?"));
        default -> findings.add(Finding.ok(FRESHNESS, name, age, "whenever there was one"));
      }
    }
    return findings;
  }
}
