package io.sluice.sinks.clickhouse.table;

import io.sluice.domain.ledger.AccountRisk;

/** The accounts' books and risk by minute. */
public final class AccountRisks {
  public static final Table<AccountRisk> TABLE =
      Table.<AccountRisk>named("account_risk")
          .text("risk_group", AccountRisk::group)
          .text("account", AccountRisk::account)
          .second("minute", AccountRisk::minuteUs)
          .whole("seq", AccountRisk::seq)
          .whole("limits_version", AccountRisk::limitsVersion)
          .whole("params_version", AccountRisk::paramsVersion)
          .amount("equity", AccountRisk::equity)
          .amount("cash", AccountRisk::cash)
          .amount("pnl_day", AccountRisk::pnlDay)
          .amount("pnl_week", AccountRisk::pnlWeek)
          .amount("realised_pnl", AccountRisk::realised)
          .amount("unrealised_pnl", AccountRisk::unrealised)
          .amount("fees", AccountRisk::fees)
          .amount("peak_equity", AccountRisk::peakEquity)
          .amount("drawdown", AccountRisk::drawdown)
          .amount("max_drawdown", AccountRisk::maxDrawdown)
          .amount("exposure", AccountRisk::exposure)
          .amount("utilisation", AccountRisk::utilisation)
          .amount("reserved_cash", AccountRisk::reservedCash)
          .count("open_positions", AccountRisk::openPositions)
          .count("open_orders", AccountRisk::openOrders)
          .count("losses_in_a_row", AccountRisk::losses)
          .flag("is_halted", AccountRisk::isHalted)
          .amount("volatility_multiplier", risk -> risk.multipliers().volatility())
          .amount("confidence_multiplier", risk -> risk.multipliers().confidence())
          .amount("risk_score_multiplier", risk -> risk.multipliers().riskScore())
          .amount("correlation_multiplier", risk -> risk.multipliers().correlation());

  private AccountRisks() {}
}
