package io.sluice.domain.group;

import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of each limit is used: what is observed as a fraction of its bound. An event says when a
 * limit comes near, at 0.8 and at 0.9; again only after it has been well below that mark.
 */
final class Utilisation {
  /** Below this fraction there is nothing to say and nothing to remember. */
  private static final BigDecimal FAR = new BigDecimal("0.75");

  private static final BigDecimal WARNING = new BigDecimal("0.8");
  private static final BigDecimal CRITICAL = new BigDecimal("0.9");

  /** How far below a mark it has to come before the mark counts again. */
  private static final BigDecimal HYSTERESIS = new BigDecimal("0.05");

  /**
   * The rules that bound what an approved order uses up: a size, an exposure, a distance in price,
   * a count. How the market is doing (R25 to R29, R38), how sure a signal is, a ratio of messages,
   * and what must not be fallen below, no order uses up; losses are looked at whenever they move.
   */
  private static final Set<String> OF_ORDERS =
      Set.of(
          "R03", "R04", "R05", "R06", "R08", "R09", "R10", "R11", "R13", "R14", "R15", "R17", "R20",
          "R32", "R36", "R37", "P02", "P03", "P09", "P10", "P11");

  /** What closes a position takes all there is to sell, and uses up nothing. */
  private static final String BUYING_POWER = "R20";

  /**
   * One limit at a scope.
   *
   * @param limit a limit's key, with its consequence where it is a breaker, or a rule's code
   * @param instrument empty where it is not an instrument's
   */
  record Use(String limit, String instrument) implements Comparable<Use> {
    private static final Comparator<Use> ORDER =
        Comparator.comparing(Use::limit).thenComparing(Use::instrument);

    @Override
    public int compareTo(Use other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<Scope, Map<Use, Event.Severity>> near = new TreeMap<>();

  /** The limits that have come near, by the scope they stand at, sorted. */
  Map<Scope, Map<Use, Event.Severity>> near() {
    return near;
  }

  /** After an order was approved: what it uses of the limits that its rules looked at. */
  void approved(Proposal proposal, Ruling ruling, Effects effects) {
    Scope scope = Scope.account(proposal.intent().account());
    String instrument = proposal.intent().instrument();
    for (Outcome outcome : ruling.outcomes()) {
      BigDecimal bound = outcome.limit();
      BigDecimal observed = outcome.observed();
      if (bound != null && observed != null && OF_ORDERS.contains(outcome.rule())) {
        // What was cut to the limit uses all of it.
        BigDecimal used = observed.min(bound);
        if (isWorthALook(scope, used, bound) && !isClosed(proposal, outcome.rule())) {
          observe(scope, new Use(outcome.rule(), instrument), used, bound, effects);
        }
      }
    }
  }

  /** Whether the rule is buying power and the order closes what was bought with it. */
  private static boolean isClosed(Proposal proposal, String rule) {
    return rule.equals(BUYING_POWER)
        && (proposal.isReduceOnly() || proposal.reducibleQty().compareTo(proposal.openQty()) >= 0);
  }

  /**
   * After a loss has moved, or something was counted.
   *
   * @param instrument empty where it is not an instrument's
   */
  void observed(
      Scope scope,
      String limit,
      String instrument,
      BigDecimal observed,
      BigDecimal bound,
      Effects effects) {
    observe(scope, new Use(limit, instrument), observed, bound, effects);
  }

  /**
   * After something has been seen that is to be warned of above a mark: once, and again only after
   * it has been below the mark by {@link #HYSTERESIS}.
   */
  void passed(
      Scope scope,
      String limit,
      String instrument,
      BigDecimal observed,
      BigDecimal above,
      Effects effects) {
    Use use = new Use(limit, instrument);
    boolean was = near.getOrDefault(scope, Map.of()).containsKey(use);
    boolean is = observed.compareTo(was ? above.subtract(HYSTERESIS) : above) > 0;
    if (is && !was) {
      near.computeIfAbsent(scope, key -> new TreeMap<>()).put(use, Event.Severity.WARNING);
      announce(scope, use, Event.Severity.WARNING, observed, above, effects);
    } else if (was && !is) {
      near.get(scope).remove(use);
      near.computeIfPresent(scope, (key, uses) -> uses.isEmpty() ? null : uses);
    }
  }

  /** Whether a limit is near, or one of its scope was and may be so no longer. */
  boolean isWorthALook(Scope scope, BigDecimal observed, BigDecimal bound) {
    return observed.compareTo(bound.multiply(FAR)) >= 0 || near.containsKey(scope);
  }

  private void observe(
      Scope scope, Use use, BigDecimal observed, BigDecimal bound, Effects effects) {
    if (bound.signum() <= 0) {
      return;
    }
    Map<Use, Event.Severity> atScope = near.computeIfAbsent(scope, key -> new TreeMap<>());
    Event.Severity before = atScope.get(use);
    Event.Severity now = now(before, observed, bound);
    if (now == null) {
      atScope.remove(use);
      if (atScope.isEmpty()) {
        near.remove(scope);
      }
      return;
    }
    atScope.put(use, now);
    if (before == null || now.compareTo(before) > 0) {
      announce(scope, use, now, observed, bound, effects);
    }
  }

  private static void announce(
      Scope scope,
      Use use,
      Event.Severity severity,
      BigDecimal observed,
      BigDecimal bound,
      Effects effects) {
    effects.event(
        Event.Type.LIMIT_NEAR,
        severity,
        scope.toString(),
        use.instrument.isEmpty() ? null : use.instrument,
        detail ->
            detail
                .name("limit")
                .value(use.limit)
                .name("observed")
                .value(observed)
                .name("bound")
                .value(bound)
                .name("utilisation")
                .value(Decimals.divide(observed, bound)));
  }

  /** Null where it is not near. */
  private static Event.Severity now(Event.Severity before, BigDecimal observed, BigDecimal bound) {
    if (isAt(CRITICAL, before == Event.Severity.CRITICAL, observed, bound)) {
      return Event.Severity.CRITICAL;
    }
    return isAt(WARNING, before != null, observed, bound) ? Event.Severity.WARNING : null;
  }

  private static boolean isAt(
      BigDecimal mark, boolean wasAt, BigDecimal observed, BigDecimal bound) {
    BigDecimal from = wasAt ? mark.subtract(HYSTERESIS) : mark;
    return observed.compareTo(bound.multiply(from)) >= 0;
  }
}
