package io.sluice.domain.risk;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Profile;
import io.sluice.domain.config.RuleTerms;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.market.Regime;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.util.List;

/** The state around one account that rules may look at. */
public interface GroupView {
  long gateTimeUs();

  /** The account's books, or null where it is not configured. */
  AccountBook book(String account);

  /** The listed instrument, or null. */
  Instrument instrument(String id);

  /**
   * Money of the account per price unit and quantity of an instrument, or null where there is no
   * rate from the currency of its prices to the account's.
   */
  BigDecimal multiplier(Instrument instrument, Account account);

  /** The instrument whose mark says what a currency is worth in another, or null. */
  String rateInstrument(String currency, String in);

  /** The profile that the account names. */
  Profile profile(Account account);

  /**
   * @param regime the instrument's, or null where it is not known
   */
  Limits limits(Account account, String strategy, Instrument instrument, Regime regime);

  /** The worst price of a market order as a fraction away from the reference price. */
  BigDecimal marketWorstCase();

  long maxClockSkewUs();

  /** What configuration says of a rule that is not fed, else the given answer. */
  NotFed notFed(String rule, NotFed unlessSaid);

  /** What configuration says to single rules, beside limits. */
  RuleTerms terms();

  /**
   * How two assets move together, from -1 to 1: as configuration says, else as it was estimated
   * within a day; null where neither says.
   */
  BigDecimal correlation(String a, String b);

  /** As it was estimated within a day alone, or null. */
  BigDecimal estimatedCorrelation(String a, String b);

  /** Whether any pair has ever been estimated. */
  boolean estimatesCorrelations();

  /** The rules that users wrote and that are in force. */
  List<UserRule> userRules();

  /** The newest status that a venue's gateway has reported, or null. */
  VenueStatus.Status venueStatus(String venue);

  /** The listed instruments that are the same asset in the same currency, itself included. */
  List<String> venuesOf(Instrument instrument);

  Aggregates aggregates();

  /** What people have lifted for one order, or null. */
  NamedOverride override(String account, String intentId);

  /** What the group's accounts have sent lately. */
  OrderFlow flow();
}
