package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.json.Times;
import io.sluice.domain.json.UnreadableException;

/** Bars of the market. */
public final class Bars {
  public static final Table<Placed> TABLE =
      Placed.in(
          Table.<Placed>named("bars")
              .text("instrument", bar -> bar.line().fields().text("instrument"))
              .whole("length_s", Bars::seconds)
              .time("start_time", bar -> bar.line().fields().whole("start_time_us"))
              .amount("open", bar -> bar.line().fields().amount("open"))
              .amount("high", bar -> bar.line().fields().amount("high"))
              .amount("low", bar -> bar.line().fields().amount("low"))
              .amount("close", bar -> bar.line().fields().amount("close"))
              .amount("volume", bar -> bar.line().fields().amount("volume"))
              .amount("vwap", bar -> bar.line().fields().optionalAmount("vwap"))
              .whole("trades", bar -> bar.line().fields().whole("trades"))
              .text("regime", bar -> bar.line().fields().optionalText("regime"))
              .number(
                  "regime_confidence",
                  bar -> bar.line().fields().optionalNumber("regime_confidence", 0, 1)));

  private Bars() {}

  /** The length of a bar. */
  static long seconds(Placed bar) throws UnreadableException {
    long us = bar.line().fields().whole("end_time_us") - bar.line().fields().whole("start_time_us");
    return us / Times.SECOND_US;
  }
}
