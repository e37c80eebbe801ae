package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.account.Order;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Exits;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.journal.Decision;
import io.sluice.domain.journal.Entry;
import io.sluice.domain.journal.Event;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.json.Sha256;
import io.sluice.domain.json.Times;
import io.sluice.domain.risk.Outcome;
import io.sluice.domain.risk.Proposal;
import io.sluice.domain.risk.RiskPolicy;
import io.sluice.domain.risk.Ruling;
import io.sluice.domain.risk.ScopedLimit;
import io.sluice.domain.risk.Verdict;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.risk.rule.CorrelatedSize;
import io.sluice.domain.risk.rule.DailyAllocation;
import io.sluice.domain.risk.rule.DeadMan;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.Action;
import io.sluice.domain.wire.Intent;
import io.sluice.domain.wire.Message;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;

/** Answers intents: once each, and from the approval on the order's worst case is reserved. */
final class IntentFold {
  private final RiskPolicy policy = new RiskPolicy();

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
    Proposal proposal = new Proposal(intent, entry.snapshot(), state);
    Ruling judged = policy.decide(proposal);
    if (state.hasShadowLimits() && intent.action() != Action.CANCEL) {
      compareInShadow(state, intent, entry, judged, effects);
    }
    Twin twin = state.twins.get(intent.account());
    if (twin != null) {
      twin.asked(state, proposal, judged);
    }
    Ruling recorded =
        isEnforced(state, proposal) ? null : RiskPolicy.recordedOnly(proposal, judged);
    Ruling ruling = recorded == null ? judged : recorded;
    Decision.Rollout rollout = rollout(state, recorded == null ? null : judged);
    effects.decide(decision(state, intent, proposal, ruling, rollout, effects));
    showLife(state, proposal, ruling, effects);
    if (!ruling.lifted().isEmpty()) {
      used(state, intent, ruling, effects);
    }
    userAlerts(proposal, effects);
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
      state.touch(intent.account());
      allocate(state, proposal, ruling);
      boolean opens = opens(proposal, ruling);
      if (intent.action() == Action.AMEND) {
        amend(state, intent, proposal, ruling);
      } else {
        place(state, proposal, ruling);
      }
      if (opens) {
        setStop(proposal);
      }
    }
  }

  /** What is opened counts where a limit asks for it. */
  private static void allocate(GroupState state, Proposal proposal, Ruling ruling) {
    if (proposal.limits().isUnset(LimitKey.MAX_DAILY_ALLOCATION)) {
      return;
    }
    BigDecimal filled = proposal.qty().subtract(proposal.openQty());
    BigDecimal value = DailyAllocation.opened(proposal, ruling.approvedQty().subtract(filled));
    if (value.signum() > 0) {
      proposal
          .book()
          .allocations()
          .add(proposal.intent().strategy(), Times.utcDay(state.gateTimeUs), value);
    }
  }

  /** Whether an order opens a position, adds to one, or takes it to the other side. */
  private static boolean opens(Proposal proposal, Ruling ruling) {
    boolean adds = proposal.position().signum() * (proposal.side() == Side.BUY ? 1 : -1) >= 0;
    BigDecimal filled = proposal.qty().subtract(proposal.openQty());
    return adds || ruling.approvedQty().subtract(filled).compareTo(proposal.reducibleQty()) > 0;
  }

  /** An order that opens sets how far the position's stop is. */
  private static void setStop(Proposal proposal) {
    BigDecimal distance = proposal.stopDistance();
    if (distance != null) {
      proposal.holding().setStopDistance(distance);
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

  /** User rules that only say so; one that cannot be evaluated says that. */
  private static void userAlerts(Proposal proposal, Effects effects) {
    if (proposal.intent().action() == Action.CANCEL || !proposal.isComplete()) {
      return;
    }
    for (UserRule rule : proposal.group().userRules()) {
      if (rule.then() != UserRule.Action.ALERT) {
        continue;
      }
      String failure = null;
      try {
        if (!rule.holds(proposal)) {
          continue;
        }
      } catch (RuntimeException e) {
        // Whatever an expression comes upon in a defective intent, the intent gets its answer.
        failure = e instanceof IllegalStateException ? e.getMessage() : e.toString();
      }
      userAlert(proposal, rule, failure, effects);
    }
  }

  private static void userAlert(Proposal proposal, UserRule rule, String failure, Effects effects) {
    effects.event(
        Event.Type.USER_ALERT,
        failure == null ? Event.Severity.WARNING : Event.Severity.ERROR,
        "account:" + proposal.intent().account(),
        proposal.intent().instrument(),
        detail ->
            detail
                .name("user_rule")
                .value(rule.name())
                .name("intent_id")
                .value(proposal.intent().intentId())
                .name("failure")
                .value(failure));
  }

  /** What the limits on trial would have said, where that is something else. */
  private void compareInShadow(
      GroupState state, Intent intent, Entry entry, Ruling judged, Effects effects) {
    Ruling shadow =
        policy.decide(new Proposal(intent, entry.snapshot(), state, state::shadowLimits));
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

  private static void place(GroupState state, Proposal proposal, Ruling ruling) {
    boolean reduceOnly = proposal.intent().reduceOnly() || ruling.verdict() == Verdict.REDUCE_ONLY;
    proposal
        .book()
        .orders()
        .place(order(proposal, ruling.approvedQty(), reduceOnly, state.gateTimeUs));
  }

  /** The order that a NEW becomes. */
  static Order order(Proposal proposal, BigDecimal qty, boolean reduceOnly, long nowUs) {
    Intent intent = proposal.intent();
    return new Order(
        intent.intentId(),
        intent.intentId(),
        intent.strategy(),
        intent.instrument(),
        intent.side(),
        intent.orderType(),
        intent.timeInForce(),
        qty,
        intent.limitPrice(),
        proposal.price(),
        reduceOnly,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        false,
        null,
        nowUs);
  }

  /**
   * On paper an amendment works at once; a venue has to acknowledge it, and until then both
   * versions are reserved.
   */
  private static void amend(GroupState state, Intent intent, Proposal proposal, Ruling ruling) {
    Order target = proposal.target();
    Order.Amendment amendment =
        new Order.Amendment(
            intent.intentId(),
            ruling.approvedQty(),
            proposal.limitPrice(),
            proposal.price(),
            ruling.verdict() == Verdict.REDUCE_ONLY);
    boolean onPaper = state.configuration.execution().mode() == Execution.Mode.PAPER;
    Order amended =
        onPaper
            ? target.amended(amendment, state.gateTimeUs)
            : target.withAmendment(amendment, state.gateTimeUs);
    proposal.book().orders().replace(target, amended);
  }

  private static Decision decision(
      GroupState state,
      Intent intent,
      Proposal proposal,
      Ruling ruling,
      Decision.Rollout rollout,
      Effects effects) {
    AccountBook book = proposal.book();
    BigDecimal position =
        book == null || proposal.instrument() == null ? null : proposal.position();
    boolean mayOpen =
        ruling.approvedQty().signum() > 0
            && ruling.verdict() != Verdict.REDUCE_ONLY
            && !proposal.isReduceOnly()
            && proposal.nominalPrice() != null;
    Exits exits = mayOpen ? proposal.profile().exits() : null;
    BigDecimal entry = proposal.nominalPrice();
    BigDecimal distance = exits == null ? null : proposal.stopDistance();
    BigDecimal tick = exits == null ? null : proposal.instrument().tick();
    return new Decision(
        intent.intentId(),
        Decision.Origin.STRATEGY,
        state.group(),
        intent.account(),
        intent.strategy(),
        intent.instrument(),
        intent.action(),
        intent.targetIntentId(),
        proposal.side(),
        proposal.type(),
        proposal.limitPrice(),
        proposal.timeInForce(),
        proposal.isReduceOnly() || ruling.verdict() == Verdict.REDUCE_ONLY,
        proposal.qty(),
        ruling,
        proposal.referencePrice(),
        exits == null ? null : exits.stopPrice(proposal.side(), entry, distance, tick),
        exits == null ? null : exits.targetPrice(proposal.side(), entry, distance, tick),
        new Decision.Metrics(
            book == null ? null : book.equity(),
            position,
            proposal.referenceAgeUs(),
            proposal.market().sigmaDaily()),
        state.limitsVersion(),
        state.paramsVersion(),
        rollout,
        intent.eventTimeUs(),
        state.gateTimeUs,
        state.gateTimeUs + state.parameters.validForUs(),
        effects.seq(),
        effects.nextSub());
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
