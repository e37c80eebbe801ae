package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Quote;

/** Best bids and asks of the market. */
public final class Quotes {
  public static final Table<Told<Quote>> TABLE =
      Told.placed(
          Table.<Told<Quote>>named("quotes")
              .text("instrument", told -> told.message().instrument())
              .time("event_time", told -> told.message().eventTimeUs())
              .optionalTime("receive_time", told -> told.message().receiveTimeUs())
              .amount("bid", told -> told.message().bid())
              .amount("bid_qty", told -> told.message().bidQty())
              .amount("ask", told -> told.message().ask())
              .amount("ask_qty", told -> told.message().askQty()));

  private Quotes() {}
}
