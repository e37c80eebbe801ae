package io.sluice.domain.control;

import io.sluice.domain.risk.limit.Scope;
import java.util.List;

/**
 * The rules that two persons have lifted for one order.
 *
 * @param rules their codes
 */
public record NamedOverride(
    String commandId,
    String account,
    String intentId,
    List<String> rules,
    long fromUs,
    long untilUs)
    implements Timed {

  /**
   * What no override lifts: whether the order is valid, whether it can be priced and paid for,
   * whether anybody has set a limit, and the controls of people.
   */
  public static final List<String> NEVER = List.of("R01", "R02", "R07", "R20", "P06");

  public NamedOverride {
    rules = List.copyOf(rules);
  }

  public static boolean canLift(String rule) {
    return !NEVER.contains(rule) && !rule.startsWith("K");
  }

  public boolean lifts(String rule) {
    return rules.contains(rule);
  }

  public Scope scope() {
    return Scope.account(account);
  }
}
