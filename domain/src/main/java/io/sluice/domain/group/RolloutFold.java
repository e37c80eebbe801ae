package io.sluice.domain.group;

import io.sluice.domain.control.Rollout;
import io.sluice.domain.control.RolloutHealth.Seen;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.wire.Action;
import java.util.List;

/** Sees how a rollout goes, and moves it on. */
final class RolloutFold {
  private RolloutFold() {}

  /** What an entry brought about counts for the health of the phase it fell into. */
  static void observe(GroupState state, Effects effects) {
    Rollout rollout = state.rollout;
    if (!rollout.isUnderWay()) {
      return;
    }
    for (Decision decision : effects.decisions()) {
      if (decision.origin().isAsked() && decision.action() != Action.CANCEL) {
        boolean failed =
            decision.ruling().outcomes().stream()
                .anyMatch(outcome -> outcome.result() == Outcome.Result.ERROR);
        rollout.judged(decision.judged().approvedQty().signum() == 0, failed);
      }
    }
    for (Event event : effects.events()) {
      if (event.type() == Event.Type.BREACH || event.type() == Event.Type.CONSECUTIVE_LOSSES) {
        rollout.breached();
      }
    }
  }

  /** Time has passed. */
  static void advance(GroupState state, Effects effects) {
    Rollout rollout = state.rollout;
    Seen seen = rollout.seen(state.stale.size());
    List<String> faults = rollout.advance(state.gateTimeUs, state.stale.size());
    if (faults == null) {
      return;
    }
    boolean moved = faults.isEmpty();
    effects.event(
        moved ? Event.Type.ROLLOUT : Event.Type.ROLLOUT_HELD,
        Event.Severity.WARNING,
        "firm",
        null,
        detail -> {
          detail.name("group").value(effects.group());
          write(rollout, detail);
          detail.name("decisions").value(seen.decisions()).name("refusals").value(seen.refusals());
          detail.name("errors").value(seen.errors()).name("stale").value(seen.stale());
          detail.name("breaches").value(seen.breaches()).name("why").beginArray();
          faults.forEach(detail::value);
          detail.endArray();
        });
  }

  /** Writes which phase has begun, and when it is over, into the object that is open. */
  static void write(Rollout rollout, JsonWriter json) {
    long untilUs = rollout.nextChangeUs();
    json.name("phase").value(rollout.current().name());
    json.name("percent").value(rollout.current().percent());
    json.name("until_us").value(untilUs == Long.MAX_VALUE ? (Long) null : (Long) untilUs);
    json.name("plan_by").value(rollout.commandId());
  }
}
