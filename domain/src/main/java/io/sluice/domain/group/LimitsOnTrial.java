package io.sluice.domain.group;

import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.Snapshot;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.RiskPolicy;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.wire.Intent;

/** A second set of limits, tried out on the same orders. */
final class LimitsOnTrial {
  private final RiskPolicy policy;

  LimitsOnTrial(RiskPolicy policy) {
    this.policy = policy;
  }

  /** What the limits on trial would have said, where that is something else. */
  void compare(
      GroupState state, Proposal proposal, Snapshot market, Ruling judged, Effects effects) {
    Intent intent = proposal.intent();
    Ruling shadow = policy.decide(new Proposal(intent, market, state.view(), state::shadowLimits));
    if (shadow.verdict() == judged.verdict()
        && shadow.approvedQty().compareTo(judged.approvedQty()) == 0) {
      return;
    }
    effects.event(
        Event.Type.SHADOW_DIFF,
        Event.Severity.INFO,
        "account:" + intent.account(),
        intent.instrument(),
        detail -> {
          detail.name("intent_id").value(intent.intentId());
          detail.name("decision_id").value(Decision.idOf(intent.account(), intent.intentId()));
          writeInto("", judged, detail);
          writeInto("shadow_", shadow, detail);
          detail.name("limits_version").value(state.limitsVersion());
        });
  }

  private static void writeInto(String prefix, Ruling ruling, JsonWriter json) {
    json.name(prefix + "verdict").value(ruling.verdict());
    json.name(prefix + "approved_qty").value(ruling.approvedQty());
    json.name(prefix + "reasons").beginArray();
    ruling.reasons().forEach(json::value);
    json.endArray();
  }
}
