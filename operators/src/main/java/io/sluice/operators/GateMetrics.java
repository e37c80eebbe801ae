package io.sluice.operators;

import io.sluice.domain.group.Effects;
import io.sluice.domain.group.GroupState;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.wire.Action;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the gate tells Flink's metrics. Labels are verdicts, rule codes, event types and the
 * configured groups and accounts: none grows with what comes in.
 */
final class GateMetrics {
  private final MetricGroup metrics;
  private final Map<Verdict, Counter> verdicts = new EnumMap<>(Verdict.class);
  private final Map<Event.Type, Counter> events = new EnumMap<>(Event.Type.class);
  private final Map<String, RuleCounts> rules = new HashMap<>();
  private final Map<String, GroupState> groups = new ConcurrentHashMap<>();
  private final AccountMetrics accounts;
  private final Counter ordersApproved;
  private final Counter ordersRefused;
  private final Counter entries;
  private final Counter repeats;
  private final Counter dead;

  /** How often a rule was asked, could answer (it was fed and did not fail), and permitted less. */
  private record RuleCounts(Counter evaluated, Counter fed, Counter limited) {}

  GateMetrics(MetricGroup metrics) {
    this.metrics = metrics;
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict, metrics.addGroup("verdict", verdict.name()).counter("decisions"));
    }
    for (Event.Type type : Event.Type.values()) {
      events.put(type, metrics.addGroup("type", type.name()).counter("events"));
    }
    RuleSet.rules()
        .forEach(
            rule -> {
              MetricGroup group = metrics.addGroup("rule", rule.code());
              rules.put(
                  rule.code(),
                  new RuleCounts(
                      group.counter("evaluated"), group.counter("fed"), group.counter("limited")));
            });
    accounts = new AccountMetrics(metrics);
    ordersApproved = metrics.counter("ordersApproved");
    ordersRefused = metrics.counter("ordersRefused");
    entries = metrics.counter("entriesFolded");
    repeats = metrics.counter("entriesRepeated");
    dead = metrics.counter("deadLetters");
  }

  /** An entry that had been folded before. */
  void repeated() {
    repeats.inc();
  }

  /** An entry that cannot be folded. */
  void unfoldable() {
    dead.inc();
  }

  /** From now on that is the group's state. */
  void watch(GroupState state) {
    if (groups.put(state.group(), state) == null) {
      gauges(state.group());
    }
  }

  void folded(GroupState state, Effects effects) {
    entries.inc();
    watch(state);
    accounts.folded(state, System.nanoTime());
    for (Event event : effects.events()) {
      events.get(event.type()).inc();
    }
    for (Decision decision : effects.decisions()) {
      verdicts.get(decision.ruling().verdict()).inc();
      if (decision.action() != Action.CANCEL) {
        boolean isApproved = decision.ruling().approvedQty().signum() > 0;
        (isApproved ? ordersApproved : ordersRefused).inc();
      }
      for (Outcome outcome : decision.ruling().outcomes()) {
        RuleCounts counts = rules.get(outcome.rule());
        counts.evaluated().inc();
        if (outcome.result() != Result.NOT_FED && outcome.result() != Result.ERROR) {
          counts.fed().inc();
        }
        if (outcome.isReason(decision.requestedQty())) {
          counts.limited().inc();
        }
      }
    }
  }

  private void gauges(String name) {
    MetricGroup group = metrics.addGroup("group", name);
    group.gauge("limitsVersion", () -> groups.get(name).limitsVersion());
    group.gauge("seq", () -> groups.get(name).seq());
    group.gauge("duplicateIntents", () -> groups.get(name).counters().duplicateIntents());
    group.gauge("lateRepeats", () -> groups.get(name).counters().lateRepeats());
  }
}
