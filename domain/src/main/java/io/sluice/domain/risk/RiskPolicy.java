package io.sluice.domain.risk;

import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.rule.RuleSet;
import io.sluice.domain.risk.rule.Validity;
import io.sluice.domain.wire.Action;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks every rule and joins their answers: the smallest permitted quantity, rounded down to the
 * lot, and the strictest verdict. No rule can hide another: all are asked, all outcomes are kept.
 */
public final class RiskPolicy {
  private final List<Rule> rules;

  public RiskPolicy() {
    this(RuleSet.rules());
  }

  RiskPolicy(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  public Ruling decide(Proposal proposal) {
    String unasked = unasked(proposal);
    Outcome[] said = new Outcome[rules.size()];
    for (int i = 0; i < said.length; i++) {
      Rule rule = rules.get(i);
      said[i] =
          unasked == null || rule instanceof Validity
              ? ask(rule, proposal)
              : new Outcome(rule.code(), Result.NOT_FED, null, null, null, unasked, null);
    }
    if (proposal.intent().action() == Action.CANCEL) {
      List<Outcome> outcomes = List.of(said);
      return new Ruling(Verdict.ALLOW, BigDecimal.ZERO, reasons(outcomes, null), outcomes, null);
    }
    List<Outcome> lifted = lift(proposal, said);
    List<Outcome> outcomes = List.of(said);
    List<Outcome> binding = binding(proposal, outcomes);
    BigDecimal approved = approved(proposal, binding);
    return new Ruling(
        verdict(proposal, binding, approved),
        approved,
        reasons(binding, proposal.qty()),
        outcomes,
        proposal.isComplete() ? RiskScore.of(proposal) : null,
        lifted);
  }

  /** Those that may say less than that all of it passes. */
  private static List<Outcome> binding(Proposal proposal, List<Outcome> outcomes) {
    BigDecimal qty = proposal.qty();
    List<Outcome> binding = new ArrayList<>(2);
    for (Outcome outcome : outcomes) {
      // Nearly all permit what is asked, that very number.
      if (outcome.permitted() != qty || qty == null || outcome.state() != null) {
        binding.add(outcome);
      }
    }
    return binding;
  }

  /**
   * Lets the rules pass that an override names for this order; returns what they had said. A rule
   * that failed has said nothing that a person could have known when he lifted it.
   */
  private static List<Outcome> lift(Proposal proposal, Outcome[] outcomes) {
    NamedOverride override = proposal.isComplete() ? proposal.override() : null;
    if (override == null) {
      return List.of();
    }
    List<Outcome> lifted = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      Outcome outcome = outcomes[i];
      boolean binds = outcome.isReason(proposal.qty()) || outcome.state() != null;
      if (binds && outcome.result() != Result.ERROR && override.lifts(outcome.rule())) {
        lifted.add(outcome);
        outcomes[i] =
            new Outcome(
                outcome.rule(),
                Result.PASS,
                outcome.observed(),
                outcome.limit(),
                proposal.qty(),
                null,
                null);
      }
    }
    return lifted;
  }

  /**
   * What is answered where the judgement is only recorded: all that was asked. What nobody could
   * execute is refused all the same, and what people have stopped is stopped.
   *
   * @return null where the judgement stands: the order is a cancel, is not valid or cannot be
   *     valued, or a control of people (K) refuses it
   */
  public static Ruling recordedOnly(Proposal proposal, Ruling judged) {
    if (proposal.intent().action() == Action.CANCEL
        || !proposal.isComplete()
        || proposal.price() == null) {
      return null;
    }
    for (Outcome outcome : judged.outcomes()) {
      boolean always = outcome.rule().equals(Validity.CODE) || outcome.rule().startsWith("K");
      if (always && outcome.isReason(proposal.qty())) {
        return null;
      }
    }
    return new Ruling(
        Verdict.ALLOW,
        proposal.qty(),
        judged.reasons(),
        judged.outcomes(),
        judged.riskScore(),
        judged.lifted());
  }

  private static Outcome ask(Rule rule, Proposal proposal) {
    try {
      return rule.check(proposal);
    } catch (RuntimeException e) {
      // A rule that fails must not let the order through: it refuses, and says that it failed.
      String why =
          "the rule failed with "
              + e.getClass().getSimpleName()
              + "; the order is refused, report this";
      return new Outcome(rule.code(), Result.ERROR, null, null, BigDecimal.ZERO, why, null);
    }
  }

  /** Why no rule but validity is asked, or null where all are. */
  private static String unasked(Proposal proposal) {
    if (proposal.intent().action() == Action.CANCEL) {
      return "a cancel is always allowed";
    }
    return proposal.isComplete() ? null : "the order is not complete, see " + Validity.CODE;
  }

  private static BigDecimal approved(Proposal proposal, List<Outcome> outcomes) {
    if (!proposal.isComplete()) {
      return BigDecimal.ZERO;
    }
    BigDecimal permitted = proposal.qty();
    for (Outcome outcome : outcomes) {
      permitted =
          outcome.permitted() == null ? BigDecimal.ZERO : permitted.min(outcome.permitted());
    }
    if (permitted.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal lots =
        Decimals.floorTo(worthwhile(proposal, permitted), proposal.instrument().lot());
    boolean tooSmall =
        lots.compareTo(proposal.instrument().minQty()) < 0
            || proposal.instrument().isBelowMinNotional(lots, proposal.nominalPrice())
            || proposal.target() != null && lots.compareTo(proposal.target().done()) <= 0;
    return tooSmall ? BigDecimal.ZERO : lots;
  }

  /** All of it where it is worth what an order has to be, else what of it reduces a position. */
  private static BigDecimal worthwhile(Proposal proposal, BigDecimal permitted) {
    BigDecimal least = proposal.limits().bound(LimitKey.MIN_NOTIONAL);
    if (least == null || proposal.nominalPrice() == null) {
      return permitted;
    }
    BigDecimal lots = Decimals.floorTo(permitted, proposal.instrument().lot());
    return proposal.leastValueOf(lots).compareTo(least) >= 0
        ? permitted
        : permitted.min(proposal.totalFor(proposal.reducibleQty()));
  }

  private static Verdict verdict(Proposal proposal, List<Outcome> outcomes, BigDecimal approved) {
    boolean halted = false;
    boolean reducing = false;
    for (Outcome outcome : outcomes) {
      halted |= outcome.state() != null && outcome.state().halts();
      reducing |= outcome.state() == Consequence.REDUCING;
    }
    if (approved.signum() == 0) {
      return halted ? Verdict.HALT : Verdict.DENY;
    }
    if (reducing) {
      return Verdict.REDUCE_ONLY;
    }
    return approved.compareTo(proposal.qty()) < 0 ? Verdict.SHRINK : Verdict.ALLOW;
  }

  private static List<String> reasons(List<Outcome> outcomes, BigDecimal requested) {
    List<String> reasons = new ArrayList<>(2);
    for (Outcome outcome : outcomes) {
      if (outcome.isReason(requested)) {
        reasons.add(outcome.rule());
      }
    }
    reasons.sort(null);
    return reasons;
  }
}
