package io.sluice.domain.group;

import io.sluice.domain.account.Order;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.RiskPolicy;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.rule.CorrelatedSize;
import io.sluice.domain.risk.rule.DeadMan;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Message;

/** Answers intents: once each, and from the approval on the order's worst case is reserved. */
final class IntentFold {
  private final RiskPolicy policy = new RiskPolicy();
  private final LimitsOnTrial onTrial = new LimitsOnTrial(policy);

  static IdWindow.Known known(GroupState state, Intent intent, Entry entry, long gateTimeUs) {
    return state.ids.know(
        id(intent),
        () -> content(intent),
        entry.cause(),
        highWaterKey(state, intent, entry),
        stamp(intent, entry),
        state.idsFromUs(gateTimeUs));
  }

  /** When it was made, as far as the sender can be believed: not after it arrived. */
  private static long stamp(Intent intent, Entry entry) {
    long arrivedUs = entry.snapshot().frontTimeUs();
    return intent.eventTimeUs() == null ? arrivedUs : Math.min(intent.eventTimeUs(), arrivedUs);
  }

  void fold(GroupState state, Intent intent, Entry entry, IdWindow.Known known, Effects effects) {
    if (entry.snapshot().fromFront()) {
      state.counters.intentsFromFront++;
    }
    switch (known) {
      case SAME_CONTENT, OTHER_CONTENT -> {
        state.counters.duplicateIntents++;
        state.highWater.passed(highWaterKey(state, intent, entry), entry.cause());
        if (known == IdWindow.Known.OTHER_CONTENT) {
          duplicate(intent, effects);
        }
      }
      case NEW -> answer(state, intent, entry, effects);
      case SAME_RECORD ->
          throw new IllegalStateException("a re-emitted intent is dropped before it gets here");
    }
  }

  private void answer(GroupState state, Intent intent, Entry entry, Effects effects) {
    state.ids.fold(
        id(intent),
        content(intent),
        entry.cause(),
        highWaterKey(state, intent, entry),
        state.gateTimeUs);
    boolean isLate =
        intent.eventTimeUs() != null && intent.eventTimeUs() < state.idsFromUs(state.gateTimeUs);
    if (isLate) {
      state.counters.lateRepeats++;
    }
    Proposal proposal = new Proposal(intent, entry.snapshot(), state.view());
    Ruling judged = policy.decide(proposal);
    if (state.hasShadowLimits() && intent.action() != Action.CANCEL) {
      onTrial.compare(state, proposal, entry.snapshot(), judged, effects);
    }
    Twin twin = state.twins.get(intent.account());
    if (twin != null) {
      twin.asked(state, proposal, judged);
    }
    Ruling recorded =
        isEnforced(state, proposal) ? null : RiskPolicy.recordedOnly(proposal, judged);
    Ruling ruling = recorded == null ? judged : recorded;
    Decision.Rollout rollout = rollout(state, recorded == null ? null : judged);
    effects.decide(IntentDecision.of(state, proposal, ruling, rollout, effects));
    showLife(state, proposal, ruling, effects);
    if (!ruling.lifted().isEmpty()) {
      used(state, intent, ruling, effects);
    }
    UserAlerts.say(proposal, effects);
    FlowFold.answered(state, proposal, ruling, effects);
    if (ruling.approvedQty().signum() > 0) {
      state.utilisation.approved(proposal, ruling, effects);
      CorrelatedSize.watched(proposal, ruling)
          .ifPresent(
              seen ->
                  state.utilisation.passed(
                      Scope.account(intent.account()),
                      "correlation",
                      intent.instrument(),
                      seen,
                      proposal.profile().sizing().correlation().warnAbove(),
                      effects));
      Approval.carryOut(state, proposal, ruling);
    }
  }

  /** An intent of who is not silent shows that he is alive, whatever becomes of it. */
  private static void showLife(
      GroupState state, Proposal proposal, Ruling ruling, Effects effects) {
    if (proposal.limits() == null || proposal.limits().isUnset(LimitKey.MAX_SILENCE_MS)) {
      return;
    }
    for (Outcome outcome : ruling.outcomes()) {
      if (outcome.rule().equals(DeadMan.CODE) && outcome.result() == Outcome.Result.PASS) {
        for (ScopedLimit limit : proposal.limits().all(LimitKey.MAX_SILENCE_MS)) {
          Scope who = DeadMan.whoPromised(limit, proposal.book().account().id());
          if (state.showsLife(who, state.gateTimeUs)) {
            SilenceWatch.heard(state, who, effects);
          }
        }
      }
    }
  }

  /** An amendment goes the way of its order. */
  private static boolean isEnforced(GroupState state, Proposal proposal) {
    if (state.rollout.isFull()) {
      return true;
    }
    Order target = proposal.target();
    return state.rollout.enforces(
        target == null ? proposal.intent().intentId() : target.intentId());
  }

  private static Decision.Rollout rollout(GroupState state, Ruling judged) {
    return judged == null && state.rollout.isFull()
        ? Decision.Rollout.FULL
        : new Decision.Rollout(state.rollout.current().name(), judged);
  }

  /** An override is for one order: it is over once that has been answered. */
  private static void used(GroupState state, Intent intent, Ruling ruling, Effects effects) {
    NamedOverride override = state.overrides.use(intent.account(), intent.intentId());
    effects.event(
        Event.Type.OVERRIDE_USED,
        Event.Severity.WARNING,
        "account:" + intent.account(),
        intent.instrument(),
        detail -> {
          detail.name("command_id").value(override.commandId());
          detail.name("intent_id").value(intent.intentId()).name("lifted").beginArray();
          ruling.lifted().forEach(outcome -> outcome.write(detail));
          detail.endArray().name("approved_qty").value(ruling.approvedQty());
        });
  }

  private static void duplicate(Intent intent, Effects effects) {
    effects.event(
        Event.Type.DUPLICATE_INTENT,
        Event.Severity.ERROR,
        "account:" + intent.account(),
        intent.instrument(),
        detail ->
            detail
                .name("intent_id")
                .value(intent.intentId())
                .name("content")
                .value(Sha256.hex(intent.toJson()).substring(0, 32)));
  }

  private static String id(Intent intent) {
    return IdWindow.key(Message.Kind.INTENT, intent.account(), intent.intentId());
  }

  private static long content(Intent intent) {
    return Sha256.prefix(intent.toJson());
  }

  private static String highWaterKey(GroupState state, Intent intent, Entry entry) {
    String instrument = intent.instrument();
    if (instrument == null || state.instrument(instrument) == null) {
      return state.highWater.keyOfUnlisted(entry.cause(), instrument, Message.Kind.INTENT);
    }
    String subject =
        entry.snapshot().fromFront() ? instrument + "\n" + intent.strategy() : instrument;
    return HighWater.key(entry.cause(), subject, Message.Kind.INTENT);
  }
}
