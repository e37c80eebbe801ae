package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.ledger.PositionChange;

/** Every position after every line of the journal that changed it. */
public final class Positions {
  public static final Table<PositionChange> TABLE =
      Table.<PositionChange>named("positions")
          .text("risk_group", PositionChange::group)
          .text("account", PositionChange::account)
          .text("instrument", PositionChange::instrument)
          .time("gate_time", PositionChange::gateTimeUs)
          .whole("seq", PositionChange::seq)
          .amount("qty", PositionChange::qty)
          .amount("cost", PositionChange::cost)
          .amount("avg_price", PositionChange::averagePrice)
          .amount("mark", PositionChange::mark)
          .amount("unrealised_pnl", PositionChange::unrealised)
          .text("strategy", change -> change.order().strategy())
          .text("decision_id", change -> change.order().decisionId())
          .amount("stop_loss", change -> change.order().stopLoss())
          .amount("take_profit", change -> change.order().takeProfit())
          .number("risk_score", change -> change.order().riskScore());

  private Positions() {}
}
