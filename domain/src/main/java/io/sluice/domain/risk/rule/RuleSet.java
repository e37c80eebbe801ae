package io.sluice.domain.risk.rule;

import io.sluice.domain.risk.Rule;
import java.util.List;

/** The rules that are asked of every intent, in the order in which their outcomes are listed. */
public final class RuleSet {
  /**
   * The version of the rules. Config entries carry it: a journal is derived again only by the rules
   * it was written under, and a gate that meets a version it does not have stops. Any change to
   * what a rule answers changes it.
   */
  public static final int VERSION = 1;

  private RuleSet() {}

  public static List<Rule> rules() {
    return List.of(
        new Validity(),
        new LimitUnset(),
        new MaxQuantity(),
        new MaxNotional(),
        new PriceCollar(),
        new MarketOrderWorstCase(),
        new ProjectedPosition(),
        new GrossExposure(),
        new BuyingPower(),
        new DailyLoss(),
        new Drawdown(),
        new ConsecutiveLosses(),
        new StaleData(),
        new CrashState(),
        new KillSwitch());
  }

  /** What a rule is called, for people. */
  public static String title(String code) {
    return switch (code) {
      case "R01" -> "validity";
      case "R02" -> "limit unset";
      case "R03" -> "max quantity";
      case "R04" -> "max notional";
      case "R05" -> "price collar";
      case "R07" -> "market order at worst case";
      case "R08" -> "projected position";
      case "R09" -> "gross exposure";
      case "R20" -> "buying power";
      case "R21" -> "daily loss";
      case "R22" -> "drawdown";
      case "R23" -> "consecutive losses";
      case "R25" -> "stale data";
      case "R30" -> "crash state";
      case "K01" -> "kill switch";
      default -> throw new IllegalArgumentException(code + " is no rule of this version");
    };
  }
}
