package io.sluice.sinks.clickhouse.table;

/** The features at the end of bars. */
public final class Features {
  public static final Table<Placed> TABLE =
      Placed.in(
          Table.<Placed>named("features")
              .text("instrument", bar -> bar.line().fields().text("instrument"))
              .whole("length_s", Bars::seconds)
              .time("event_time", bar -> bar.line().fields().whole("end_time_us"))
              .numbers("features", bar -> bar.line().fields().optionalObject("features"))
              .text("schema_hash", bar -> bar.line().fields().text("schema_hash")));

  private Features() {}
}
