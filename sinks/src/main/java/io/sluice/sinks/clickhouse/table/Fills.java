package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Fill;

/** What the execution side reported to have been traded. */
public final class Fills {
  public static final Table<Told<Fill>> TABLE =
      Told.whole(
          Table.<Told<Fill>>named("fills")
              .text("account", told -> told.message().account())
              .text("fill_id", told -> told.message().fillId())
              .text("intent_id", told -> told.message().intentId())
              .text("strategy", told -> told.message().strategy())
              .text("instrument", told -> told.message().instrument())
              .word("side", told -> told.message().side())
              .amount("qty", told -> told.message().qty())
              .amount("price", told -> told.message().price())
              .amount("fee", told -> told.message().fee())
              .text("fee_currency", told -> told.message().feeCurrency())
              .time("event_time", told -> told.message().eventTimeUs()));

  private Fills() {}
}
