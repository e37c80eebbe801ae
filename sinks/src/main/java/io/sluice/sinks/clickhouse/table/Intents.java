package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.wire.Intent;

/** What outside strategies sent, as it came. */
public final class Intents {
  public static final Table<Told<Intent>> TABLE =
      Told.whole(
          Table.<Told<Intent>>named("intents")
              .text("account", told -> told.message().account())
              .text("intent_id", told -> told.message().intentId())
              .word("action", told -> told.message().action())
              .text("target_intent_id", told -> told.message().targetIntentId())
              .text("strategy", told -> told.message().strategy())
              .text("instrument", told -> told.message().instrument())
              .word("side", told -> told.message().side())
              .word("order_type", told -> told.message().orderType())
              .amount("qty", told -> told.message().qty())
              .amount("limit_price", told -> told.message().limitPrice())
              .word("time_in_force", told -> told.message().timeInForce())
              .flag("reduce_only", told -> told.message().reduceOnly())
              .number("confidence", told -> told.message().confidence())
              .number("expected_return", told -> told.message().expectedReturn())
              .time("event_time", told -> told.message().eventTimeUs()));

  private Intents() {}
}
