package io.sluice.domain.risk;

import io.sluice.domain.account.LatestMark;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.control.Restrictions;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.domain.wire.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Sums over the accounts of a scope that lie in this group, and what is in force on it. */
public interface Aggregates {
  /** Exposure of a scope over all its instruments, working orders included. */
  BigDecimal exposure(Scope scope);

  /** Exposure of a scope in one instrument, working orders included. */
  BigDecimal exposureIn(Scope scope, String instrument);

  /** Exposure of a scope in all listed instruments of an asset, not netted. */
  BigDecimal exposureInAsset(Scope scope, String asset);

  /**
   * The net value of a scope's positions towards a side, with every order at work on that side
   * filled; below 0 where they are the other way.
   */
  BigDecimal netTowards(Side side, Scope scope);

  /** The same in one instrument, of a scope that has accounts. */
  BigDecimal netTowardsIn(Side side, Scope scope, String instrument);

  /** The instruments in which a scope that has accounts has ever had something, sorted. */
  Set<String> instrumentsOf(Scope scope);

  /**
   * The best resting order of the group's accounts that an order on a side could match, or null.
   *
   * @param limitPrice the order's, or null for a market order
   */
  RestingOrder restingAgainst(Side side, String instrument, BigDecimal limitPrice);

  /** How many approved orders of a scope may yet be filled. */
  int ordersAtWork(Scope scope);

  /** What those orders have unexecuted, in value at their worst case. */
  BigDecimal unexecuted(Scope scope);

  /** How much equity has fallen since the start of the UTC day; below 0 where it has risen. */
  BigDecimal dailyLoss(Scope scope);

  /**
   * How much equity has fallen since six UTC days before today began, or since it is known; below 0
   * where it has risen.
   */
  BigDecimal weeklyLoss(Scope scope);

  /** Highest equity so far. */
  BigDecimal peakEquity(Scope scope);

  BigDecimal equity(Scope scope);

  /** How far equity has fallen from its peak, as a fraction of it; null for a peak of 0 or less. */
  BigDecimal drawdown(Scope scope);

  /** Whether a position has no price yet, so that equity is a guess. */
  boolean isUnpriced(Scope scope);

  /** The strictest breach of a limit that is still in force, or null. */
  Breach breach(LimitKey key, Scope scope);

  /** When a breach at a scope that stopped orders ended last, epoch microseconds, or null. */
  Long lastBreachEndUs(Scope scope);

  /** The command that halts a scope altogether, or null. */
  String haltedBy(Scope scope);

  /** The command because of which positions of a scope may only come closer to flat, or null. */
  String reducedBy(Scope scope);

  /** What restricts an instrument in any of the scopes, or null. */
  Restrictions.Restriction restriction(Instrument instrument, List<Scope> scopes);

  /**
   * The stamp of the newest mark of an instrument in epoch microseconds (the older of its stamps),
   * or null.
   */
  Long markStampUs(String instrument);

  /** The newest mark of an instrument, if one has come. */
  LatestMark latestMark(String instrument);

  /** The price of the newest mark of an instrument, or null. */
  BigDecimal markPrice(String instrument);

  /** The daily volatility of an instrument as its newest mark has it, or null. */
  Double sigmaDaily(String instrument);

  /** In how many things an account's books and what the venue reports differ. */
  int openBreaks(String account);

  /** Whether a fill of the account was booked as it is, because its price had no rate. */
  boolean lacksRate(String account);

  /**
   * When an account or a strategy last showed that it is alive, epoch microseconds; null where it
   * never has.
   */
  Long lastSignOfLifeUs(Scope who);
}
