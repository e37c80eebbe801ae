package io.sluice.domain.wire;

import io.sluice.domain.json.JsonWriter;

/** Time passes: what ends by itself ends, although nothing else happens. */
public record ClockTick(Long eventTimeUs) implements Message {
  /** Live there is one for each slot of this length, microseconds. */
  public static final long SLOT_US = 10_000_000L;

  @Override
  public Kind kind() {
    return Kind.CLOCK;
  }

  @Override
  public void write(JsonWriter json) {
    json.beginObject()
        .name("type")
        .value("clock")
        .name("event_time_us")
        .value(eventTimeUs)
        .endObject();
  }
}
