package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.VenueStatus;

/** How venues were doing. */
public final class VenueStatuses {
  public static final Table<Told<VenueStatus>> TABLE =
      Told.placed(
          Table.<Told<VenueStatus>>named("venue_statuses")
              .text("venue", told -> told.message().venue())
              .word("status", told -> told.message().status())
              .time("event_time", told -> told.message().eventTimeUs()));

  private VenueStatuses() {}
}
