package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.OrderStatus;

/** What the venue said of orders. */
public final class Orders {
  public static final Table<Told<OrderStatus>> TABLE =
      Told.whole(
          Table.<Told<OrderStatus>>named("orders")
              .text("account", told -> told.message().account())
              .text("intent_id", told -> told.message().intentId())
              .text("instrument", told -> told.message().instrument())
              .word("status", told -> told.message().status())
              .amount("cum_qty", told -> told.message().cumQty())
              .amount("leaves_qty", told -> told.message().leavesQty())
              .time("event_time", told -> told.message().eventTimeUs()));

  private Orders() {}
}
