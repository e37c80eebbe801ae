package io.sluice.domain.risk.rule;

import static io.sluice.domain.risk.limit.LimitKey.BASE_SIZE;
import static io.sluice.domain.risk.limit.LimitKey.BREAKER_COOLDOWN_MS;
import static io.sluice.domain.risk.limit.LimitKey.COLLAR;
import static io.sluice.domain.risk.limit.LimitKey.CRITICAL_PORTFOLIO_RISK;
import static io.sluice.domain.risk.limit.LimitKey.CROSSED_BOOK;
import static io.sluice.domain.risk.limit.LimitKey.LOSS_COOLDOWN_MS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_AMEND_RATE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_ASSET_CONCENTRATION;
import static io.sluice.domain.risk.limit.LimitKey.MAX_CANCEL_RATE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_CANCEL_RATIO;
import static io.sluice.domain.risk.limit.LimitKey.MAX_CONCENTRATION;
import static io.sluice.domain.risk.limit.LimitKey.MAX_CONSECUTIVE_LOSSES;
import static io.sluice.domain.risk.limit.LimitKey.MAX_CORRELATION;
import static io.sluice.domain.risk.limit.LimitKey.MAX_DAILY_ALLOCATION;
import static io.sluice.domain.risk.limit.LimitKey.MAX_DAILY_LOSS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_DATA_AGE_MS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_DAY_SHARE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_DRAWDOWN;
import static io.sluice.domain.risk.limit.LimitKey.MAX_DUPLICATES;
import static io.sluice.domain.risk.limit.LimitKey.MAX_ES;
import static io.sluice.domain.risk.limit.LimitKey.MAX_FUNDING;
import static io.sluice.domain.risk.limit.LimitKey.MAX_GROSS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_HOUR_SHARE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_IMPACT;
import static io.sluice.domain.risk.limit.LimitKey.MAX_INSTRUMENT_POSITIONS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_LEVERAGE_USE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_MARGIN_RATIO;
import static io.sluice.domain.risk.limit.LimitKey.MAX_NET_LONG;
import static io.sluice.domain.risk.limit.LimitKey.MAX_NET_SHORT;
import static io.sluice.domain.risk.limit.LimitKey.MAX_NEW_RATE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_NOTIONAL;
import static io.sluice.domain.risk.limit.LimitKey.MAX_OPEN_ORDERS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_ORDER_TO_TRADE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_PORTFOLIO_RISK;
import static io.sluice.domain.risk.limit.LimitKey.MAX_POSITIONS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_POSITION_NOTIONAL;
import static io.sluice.domain.risk.limit.LimitKey.MAX_POSITION_RISK;
import static io.sluice.domain.risk.limit.LimitKey.MAX_PRICE_DRIFT;
import static io.sluice.domain.risk.limit.LimitKey.MAX_QTY;
import static io.sluice.domain.risk.limit.LimitKey.MAX_QUOTE_SHARE;
import static io.sluice.domain.risk.limit.LimitKey.MAX_RECON_BREAKS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_REENTRIES;
import static io.sluice.domain.risk.limit.LimitKey.MAX_REFERENCE_DEVIATION;
import static io.sluice.domain.risk.limit.LimitKey.MAX_SILENCE_MS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_SPREAD;
import static io.sluice.domain.risk.limit.LimitKey.MAX_STRATEGY_POSITIONS;
import static io.sluice.domain.risk.limit.LimitKey.MAX_UNEXECUTED;
import static io.sluice.domain.risk.limit.LimitKey.MAX_VAR;
import static io.sluice.domain.risk.limit.LimitKey.MAX_WEEKLY_LOSS;
import static io.sluice.domain.risk.limit.LimitKey.MIN_CONFIDENCE;
import static io.sluice.domain.risk.limit.LimitKey.MIN_CONFIRMATIONS;
import static io.sluice.domain.risk.limit.LimitKey.MIN_NOTIONAL;
import static io.sluice.domain.risk.limit.LimitKey.MIN_OPPOSITE_GAP_MS;
import static io.sluice.domain.risk.limit.LimitKey.MIN_RISK_REWARD;
import static io.sluice.domain.risk.limit.LimitKey.TARGET_SIGMA_DAILY;

import io.sluice.domain.risk.limit.LimitKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What rules have to be told for them to be fed: where none of some limits is set at a scope that
 * applies, the rule has nothing to hold an order against. Where {@code not_fed} is deny for it, the
 * first of them that is set lets orders pass that were refused before.
 *
 * @param rule its code
 * @param anyOf one of them is enough
 */
public record FedBy(String rule, Set<LimitKey> anyOf) {
  private static final List<FedBy> ALL =
      List.of(
          of("R03", MAX_QTY),
          of("R04", MAX_NOTIONAL),
          of("R05", COLLAR),
          of("R06", MAX_PRICE_DRIFT),
          of("R08", MAX_POSITION_NOTIONAL),
          of("R09", MAX_GROSS),
          of("R10", MAX_NET_LONG),
          of("R10", MAX_NET_SHORT),
          of("R11", MAX_CONCENTRATION, MAX_ASSET_CONCENTRATION),
          of("R12", MAX_CORRELATION),
          of("R13", MAX_OPEN_ORDERS),
          of("R14", MAX_UNEXECUTED),
          of("R15", MAX_NEW_RATE, MAX_CANCEL_RATE),
          of("R15", MAX_AMEND_RATE, MAX_CANCEL_RATE),
          of("R16", MAX_REENTRIES),
          of("R17", MAX_DUPLICATES),
          of("R18", MAX_ORDER_TO_TRADE, MAX_CANCEL_RATIO),
          of("R21", MAX_DAILY_LOSS),
          of("R22", MAX_DRAWDOWN),
          of("R23", MAX_CONSECUTIVE_LOSSES),
          of("R24", LOSS_COOLDOWN_MS, BREAKER_COOLDOWN_MS),
          of("R25", MAX_DATA_AGE_MS),
          of("R26", MAX_REFERENCE_DEVIATION),
          of("R27", MAX_SPREAD),
          of("R28", CROSSED_BOOK),
          of("R29", TARGET_SIGMA_DAILY),
          of("R32", MAX_VAR, MAX_ES),
          of("R36", MAX_HOUR_SHARE, MAX_DAY_SHARE, MAX_QUOTE_SHARE, MAX_IMPACT),
          of("R37", MAX_MARGIN_RATIO),
          of("R38", MAX_FUNDING),
          of("R40", MAX_RECON_BREAKS),
          of("K02", MAX_SILENCE_MS),
          of("P01", MAX_WEEKLY_LOSS),
          of("P02", MAX_POSITION_RISK),
          of("P03", MAX_PORTFOLIO_RISK),
          of("P04", BASE_SIZE),
          of("P06", MIN_NOTIONAL),
          of("P07", CRITICAL_PORTFOLIO_RISK),
          of("P09", MAX_POSITIONS, MAX_STRATEGY_POSITIONS, MAX_INSTRUMENT_POSITIONS),
          of("P10", MAX_DAILY_ALLOCATION),
          of("P11", MAX_LEVERAGE_USE),
          of("S01", MIN_OPPOSITE_GAP_MS),
          of("S02", MIN_RISK_REWARD),
          of("S03", MIN_CONFIDENCE),
          of("S04", MIN_CONFIRMATIONS));

  private static FedBy of(String rule, LimitKey first, LimitKey... others) {
    return new FedBy(rule, EnumSet.of(first, others));
  }

  /** The rules that a limit can feed, by itself or with others. */
  public static List<FedBy> with(LimitKey key) {
    return ALL.stream().filter(fed -> fed.anyOf.contains(key)).toList();
  }
}
