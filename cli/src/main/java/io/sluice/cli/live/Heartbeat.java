package io.sluice.cli.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.jobs.kafka.KafkaSettings;
import io.sluice.jobs.kafka.Topic;
import io.sluice.jobs.kafka.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sign of life of a risk group.
 *
 * @param atUs when, epoch microseconds
 * @param seq of the newest journal line then
 * @param halts how many are in effect
 * @param breaches how many last
 * @param stale how many instruments that are held have no fresh mark
 */
public record Heartbeat(
    String group, long atUs, long seq, long limitsVersion, long halts, long breaches, long stale) {

  /** Older than this, and nobody may rely on the gate. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  private static final String SCOPE = "group:";

  /** Each group's newest one among the events that were written at a time or later. */
  public static Map<String, Heartbeat> newestSince(KafkaSettings kafka, long sinceMs) {
    Map<String, Heartbeat> newest = new TreeMap<>();
    TopicReader.readSince(
        kafka,
        Topic.RISK_EVENTS,
        sinceMs,
        record -> {
          Heartbeat beat = of(record.value());
          if (beat != null) {
            newest.merge(beat.group, beat, (one, other) -> one.atUs > other.atUs ? one : other);
          }
        });
    return newest;
  }

  /** The heartbeat that an event is, or null where it is none. */
  private static Heartbeat of(byte[] event) {
    JsonNode json;
    try {
      json = StrictJson.trusted(event);
    } catch (UnreadableException e) {
      return null;
    }
    String scope = json.path("scope").asText();
    if (!json.path("type").asText().equals(Event.Type.HEARTBEAT.name())
        || !scope.startsWith(SCOPE)) {
      return null;
    }
    JsonNode detail = json.path("detail");
    return new Heartbeat(
        scope.substring(SCOPE.length()),
        json.path("event_time_us").asLong(),
        detail.path("seq").asLong(),
        detail.path("limits_version").asLong(),
        detail.path("halts").asLong(),
        detail.path("breaches").asLong(),
        detail.path("stale").asLong());
  }

  public boolean isAliveAt(long nowUs) {
    return nowUs - atUs <= LIFE.toMillis() * 1_000;
  }
}
