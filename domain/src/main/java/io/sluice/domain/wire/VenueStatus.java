package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;

/** How a venue is doing. */
public record VenueStatus(String venue, Status status, Long eventTimeUs) implements Message {

  /** The states a venue can be in, as its gateway reports them. */
  public enum Status {
    UP,
    DEGRADED,
    RATE_LIMITED,
    AUTH_FAILED,
    DOWN
  }

  @Override
  public Kind kind() {
    return Kind.VENUE;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject().name("type").value("venue").name("venue").value(venue);
    json.name("status").value(status).name("event_time_us").value(eventTimeUs).endObject();
  }
}
