package io.sluice.domain.risk;

/**
 * One control. It looks at the proposal and says how much of the requested quantity it permits, and
 * why. A rule decides nothing else, keeps nothing and is asked for every intent.
 */
public interface Rule {
  /** The stable code that reasons, outcomes and documentation name it by. */
  String code();

  /** What it is called, for people: a few words. */
  String title();

  /**
   * @param proposal an order that is complete enough to be judged: account, instrument, side, type
   *     and quantity are known
   */
  Outcome check(Proposal proposal);
}
