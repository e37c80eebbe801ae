package io.sluice.domain.group;

import io.sluice.domain.account.AccountBook;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.CurrencyRates.CurrencyRate;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Profile;
import io.sluice.domain.config.RuleTerms;
import io.sluice.domain.control.NamedOverride;
import io.sluice.domain.flow.OrderFlow;
import io.sluice.domain.market.Regime;
import io.sluice.domain.risk.Aggregates;
import io.sluice.domain.risk.GroupView;
import io.sluice.domain.risk.Limits;
import io.sluice.domain.risk.NotFed;
import io.sluice.domain.risk.userrule.UserRule;
import io.sluice.domain.wire.VenueStatus;
import java.math.BigDecimal;
import java.util.List;

/** What rules see of a group, at its gate time. */
final class RulesView implements GroupView {
  private final GroupState state;
  private final GroupAggregates aggregates;

  RulesView(GroupState state) {
    this.state = state;
    this.aggregates = new GroupAggregates(state);
  }

  @Override
  public long gateTimeUs() {
    return state.gateTimeUs;
  }

  @Override
  public AccountBook book(String account) {
    return state.books.get(account);
  }

  @Override
  public Instrument instrument(String id) {
    return state.instrument(id);
  }

  @Override
  public BigDecimal multiplier(Instrument instrument, Account account) {
    return state.multiplier(instrument, account);
  }

  @Override
  public String rateInstrument(String currency, String in) {
    CurrencyRate rate = currency.equals(in) ? null : state.configuration.rates().of(currency, in);
    return rate == null ? null : rate.instrument();
  }

  @Override
  public Profile profile(Account account) {
    return state.profile(account);
  }

  @Override
  public Limits limits(Account account, String strategy, Instrument instrument, Regime regime) {
    return state.limits(account, strategy, instrument, regime);
  }

  @Override
  public BigDecimal marketWorstCase() {
    return state.parameters.marketWorstCase();
  }

  @Override
  public long maxClockSkewUs() {
    return state.parameters.maxClockSkewUs();
  }

  @Override
  public NotFed notFed(String rule, NotFed unlessSaid) {
    return terms().notFed(rule, unlessSaid);
  }

  @Override
  public RuleTerms terms() {
    return state.configuration.rules();
  }

  @Override
  public BigDecimal correlation(String a, String b) {
    BigDecimal configured = terms().correlations().of(a, b);
    return configured != null ? configured : estimatedCorrelation(a, b);
  }

  @Override
  public BigDecimal estimatedCorrelation(String a, String b) {
    return state.correlations.of(a, b, state.gateTimeUs);
  }

  @Override
  public boolean estimatesCorrelations() {
    return !state.correlations.all().isEmpty();
  }

  @Override
  public List<UserRule> userRules() {
    return state.userRules;
  }

  @Override
  public VenueStatus.Status venueStatus(String venue) {
    return state.venues.get(venue);
  }

  @Override
  public List<String> venuesOf(Instrument instrument) {
    return state.assetVenues.of(instrument);
  }

  @Override
  public Aggregates aggregates() {
    return aggregates;
  }

  @Override
  public NamedOverride override(String account, String intentId) {
    return state.overrides.of(account, intentId, state.gateTimeUs);
  }

  @Override
  public OrderFlow flow() {
    return state.flow;
  }
}
