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
  public static final int VERSION = 2;

  private static final List<Rule> RULES =
      List.of(
          new Validity(),
          new LimitUnset(),
          new MaxQuantity(),
          new MaxNotional(),
          new PriceCollar(),
          new PriceDrift(),
          new MarketOrderWorstCase(),
          new ProjectedPosition(),
          new GrossExposure(),
          new NetExposure(),
          new Concentration(),
          new CorrelatedDirection(),
          new OpenOrders(),
          new UnexecutedValue(),
          new MessageRate(),
          new RepeatedExecution(),
          new DuplicateOrder(),
          new OrderToTrade(),
          new SelfMatch(),
          new BuyingPower(),
          new DailyLoss(),
          new Drawdown(),
          new ConsecutiveLosses(),
          new Cooldown(),
          new StaleData(),
          new ReferenceOutlier(),
          new Spread(),
          new CrossedBook(),
          new VolatilityRegime(),
          new CrashState(),
          new VenueHealth(),
          new ValueAtRisk(),
          new RestrictedList(),
          new Permissions(),
          new TradingSession(),
          new Participation(),
          new LiquidationDistance(),
          new Funding(),
          new ModelScore(),
          new ReconciliationBreak(),
          new KillSwitch(),
          new DeadMan(),
          new OverriddenRules(),
          new WeeklyLoss(),
          new PositionRisk(),
          new PortfolioRisk(),
          new ConfidenceLadder(),
          new RiskScoreBound(),
          new MinimumValue(),
          new CriticalPortfolioRisk(),
          new CorrelatedSize(),
          new PositionCount(),
          new DailyAllocation(),
          new LeverageUse(),
          new UserRules(),
          new ConflictingIntents(),
          new RiskReward(),
          new Confidence(),
          new Confirmations());

  private RuleSet() {}

  public static List<Rule> rules() {
    return RULES;
  }

  /** Whether a rule of this version has the code. */
  public static boolean has(String code) {
    return RULES.stream().anyMatch(rule -> rule.code().equals(code));
  }

  /** What a rule is called, for people. */
  public static String title(String code) {
    for (Rule rule : RULES) {
      if (rule.code().equals(code)) {
        return rule.title();
      }
    }
    throw new IllegalArgumentException(code + " is no rule of this version");
  }
}
