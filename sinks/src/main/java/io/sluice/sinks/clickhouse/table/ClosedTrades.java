package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.ledger.ClosedTrade;

/** Round trips. */
public final class ClosedTrades {
  public static final Table<ClosedTrade> TABLE =
      Table.<ClosedTrade>named("closed_trades")
          .text("risk_group", ClosedTrade::group)
          .text("account", ClosedTrade::account)
          .text("strategy", ClosedTrade::strategy)
          .text("instrument", ClosedTrade::instrument)
          .text("side", trade -> trade.isLong() ? "LONG" : "SHORT")
          .time("opened_at", ClosedTrade::openedUs)
          .time("closed_at", ClosedTrade::closedUs)
          .whole("holding_us", ClosedTrade::holdingUs)
          .amount("qty", ClosedTrade::qty)
          .amount("entry_price", ClosedTrade::entryPrice)
          .amount("exit_price", ClosedTrade::exitPrice)
          .amount("gross_pnl", ClosedTrade::gross)
          .amount("fees", ClosedTrade::fees)
          .amount("net_pnl", ClosedTrade::net)
          .whole("seq", ClosedTrade::seq);

  private ClosedTrades() {}
}
