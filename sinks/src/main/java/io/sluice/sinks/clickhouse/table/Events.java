package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.journal.Event;

/** What operators and analysts want to know of. */
public final class Events {
  public static final Table<Recorded> TABLE =
      Table.<Recorded>named("events")
          .fixed("event_id", 32, event -> event.fields().text("event_id"))
          .text("type", event -> event.fields().text("type"))
          .text("scope", event -> event.fields().text("scope"))
          .text("instrument", event -> event.fields().optionalText("instrument"))
          .word("severity", event -> event.fields().enumOf("severity", Event.Severity.class))
          .time("event_time", event -> event.fields().whole("event_time_us"))
          .text("detail", event -> event.fields().optionalObject("detail").toString())
          .bytes("line", Recorded::bytes);

  private Events() {}
}
