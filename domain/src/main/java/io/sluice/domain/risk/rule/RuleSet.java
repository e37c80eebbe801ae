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
}
