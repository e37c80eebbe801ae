package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Trade;

/** Trades of the market. */
public final class Trades {
  public static final Table<Told<Trade>> TABLE =
      Told.placed(
          Table.<Told<Trade>>named("trades")
              .text("instrument", told -> told.message().instrument())
              .time("event_time", told -> told.message().eventTimeUs())
              .optionalTime("receive_time", told -> told.message().receiveTimeUs())
              .text("trade_id", told -> told.message().tradeId())
              .amount("price", told -> told.message().price())
              .amount("qty", told -> told.message().qty())
              .word("aggressor", told -> told.message().aggressor()));

  private Trades() {}
}
