package io.sluice.domain.risk;

import io.sluice.domain.json.Decimals;
import io.sluice.domain.risk.Outcome.Result;
import io.sluice.domain.risk.limit.Consequence;
import io.sluice.domain.risk.limit.LimitKey;
import java.math.BigDecimal;

/**
 * One control. It looks at the proposal and says how much of the requested quantity it permits, and
 * why. A rule decides nothing else, keeps nothing and is asked for every intent.
 */
public abstract class Rule {
  private final String code;
  private final String title;

  /**
   * @param code the stable code that reasons, outcomes and documentation name it by
   * @param title what it is called, for people: a few words
   */
  protected Rule(String code, String title) {
    this.code = code;
    this.title = title;
  }

  public final String code() {
    return code;
  }

  public final String title() {
    return title;
  }

  /**
   * @param proposal an order that is complete enough to be judged: account, instrument, side, type
   *     and quantity are known
   */
  public abstract Outcome check(Proposal proposal);

  protected final Outcome pass(Proposal proposal, BigDecimal observed, BigDecimal limit) {
    return new Outcome(code, Result.PASS, observed, limit, proposal.qty(), null, null);
  }

  protected final Outcome refused(
      Proposal proposal, BigDecimal observed, BigDecimal limit, String why) {
    return new Outcome(code, Result.REFUSED, observed, limit, BigDecimal.ZERO, why, null);
  }

  /** PASS, LIMITED or REFUSED by how much of the open part is permitted. */
  protected final Outcome permitted(
      Proposal proposal,
      BigDecimal observed,
      BigDecimal limit,
      BigDecimal permittedOpen,
      String why) {
    return inState(proposal, observed, limit, permittedOpen, why, null);
  }

  /** The same from a rule that is in a trading state. */
  protected final Outcome inState(
      Proposal proposal,
      BigDecimal observed,
      BigDecimal limit,
      BigDecimal permittedOpen,
      String why,
      Consequence state) {
    if (permittedOpen.compareTo(proposal.openQty()) >= 0) {
      return new Outcome(code, Result.PASS, observed, limit, proposal.qty(), null, state);
    }
    BigDecimal total =
        permittedOpen.signum() <= 0
            ? BigDecimal.ZERO
            : Decimals.floorTo(proposal.totalFor(permittedOpen), proposal.instrument().lot());
    Result result = total.signum() == 0 ? Result.REFUSED : Result.LIMITED;
    return new Outcome(code, result, observed, limit, total, why, state);
  }

  /**
   * Nobody has set the rule's limit at a scope that applies, so there is nothing to hold the order
   * against. That permits everything, unless {@code not_fed} says otherwise; R02 refuses where the
   * limit is a required one.
   */
  protected final Outcome unset(Proposal proposal, LimitKey key) {
    return notFed(proposal, null, key.unsetText(), NotFed.ALLOW);
  }

  /** The same of a rule with several limits, or one that is switched on otherwise. */
  protected final Outcome unset(Proposal proposal, String why) {
    return notFed(proposal, null, why, NotFed.ALLOW);
  }

  /**
   * The rule is wanted and what it looks at has not come. That permits nothing, unless {@code
   * not_fed} says otherwise.
   *
   * @param limit what would be held against it, or null
   * @param why names what is missing, and what to do
   */
  protected final Outcome notFed(Proposal proposal, BigDecimal limit, String why) {
    return notFed(proposal, limit, why, NotFed.DENY);
  }

  /** The same of a rule that always lets a position come closer to flat. */
  protected final Outcome notFedToOpen(Proposal proposal, BigDecimal limit, String why) {
    if (proposal.group().notFed(code, NotFed.DENY) == NotFed.ALLOW) {
      return notFed(proposal, limit, why);
    }
    BigDecimal reducing =
        permitted(proposal, null, limit, proposal.reducibleQty(), why).permitted();
    return new Outcome(
        code,
        Result.NOT_FED,
        null,
        limit,
        reducing,
        why
            + "; only what brings the position closer to flat passes, because not_fed is deny for"
            + " this rule",
        null);
  }

  /** The rule lacks what it looks at; {@code unlessSaid} is what that means by default. */
  protected final Outcome notFed(
      Proposal proposal, BigDecimal limit, String why, NotFed unlessSaid) {
    return proposal.group().notFed(code, unlessSaid) == NotFed.ALLOW
        ? new Outcome(code, Result.NOT_FED, null, limit, proposal.qty(), why, null)
        : new Outcome(
            code,
            Result.NOT_FED,
            null,
            limit,
            BigDecimal.ZERO,
            why + "; the order is refused, because not_fed is deny for this rule",
            null);
  }
}
