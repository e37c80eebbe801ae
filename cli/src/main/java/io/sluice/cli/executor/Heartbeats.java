package io.sluice.cli.executor;

import io.sluice.domain.json.StrictJson;
import io.sluice.domain.json.UnreadableException;
import io.sluice.domain.wire.Fields;
import java.util.HashMap;
import java.util.Map;

/**
 * When each risk group's gate was last heard of, by the stamps of its heartbeats. When they arrived
 * does not matter: an old heartbeat read late says nothing about now.
 */
final class Heartbeats {
  /** A gate that was silent for longer than this is taken for dead. */
  static final long MAX_SILENCE_US = 60_000_000L;

  private static final String TYPE = "HEARTBEAT";
  private static final String SCOPE = "group:";

  private final Map<String, Long> newestUs = new HashMap<>();

  /**
   * Takes an event; every type but HEARTBEAT is passed over.
   *
   * @param nowUs a stamp beyond it counts as it, or a clock that runs ahead would keep a dead gate
   *     alive
   * @throws UnreadableException where it is no event, or a heartbeat of no group
   */
  void hear(byte[] event, long nowUs) throws UnreadableException {
    Fields fields = new Fields(StrictJson.trusted(event));
    if (!fields.text("type").equals(TYPE)) {
      return;
    }
    String scope = fields.text("scope");
    if (!scope.startsWith(SCOPE)) {
      throw new UnreadableException(
          "scope of a heartbeat is " + scope + ", expected group:NAME", "scope");
    }
    long stampUs = Math.min(fields.time("event_time_us"), nowUs);
    newestUs.merge(scope.substring(SCOPE.length()), stampUs, Math::max);
  }

  /** Whether a group's gate gave a sign of life in the last 60 seconds. */
  boolean isAlive(String group, long nowUs) {
    Long newest = newestUs.get(group);
    return newest != null && nowUs - newest <= MAX_SILENCE_US;
  }
}
