package io.sluice.domain.market;

import io.sluice.domain.config.AssetVenues;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.config.StrategyChoice;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.MarketFeatures;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import java.util.List;
import java.util.Set;

/** The part of the configuration that the front works by. */
public final class FrontTerms {
  private static final long LEAST_HISTORY_US = 15 * 60 * Times.SECOND_US;

  private final Configuration configuration;
  private final AssetVenues venues;
  private final FeatureLayout features;

  public FrontTerms(Configuration configuration) {
    this.configuration = configuration;
    this.venues = new AssetVenues(configuration.instruments().values());
    this.features = configuration.features().layout();
  }

  String groupOf(String account) {
    return configuration.groupOf(account);
  }

  /** The listed instrument, or null. */
  Instrument instrument(String id) {
    return configuration.instruments().get(id);
  }

  /**
   * The groups that get an instrument's marks without asking: all with accounts where it is one of
   * those whose prices vote on an asset's, or where it says what a currency is worth.
   */
  Set<String> standingSubscribers(String id) {
    Instrument listed = instrument(id);
    if (listed == null || !venues.canVote(listed) && !configuration.rates().areOf(listed.id())) {
      return Set.of();
    }
    Set<String> groups = configuration.groups();
    groups.remove(Configuration.UNASSIGNED);
    return groups;
  }

  /** A new one for an instrument that is listed; null for another, or where there are none. */
  MarketFeatures features(String id) {
    return features == null || instrument(id) == null ? null : new MarketFeatures(id, features);
  }

  /** Whether models of volatility are fitted. */
  public boolean fitsModels() {
    VolatilityTerms volatility = configuration.market().volatility();
    return volatility != null && volatility.method() == VolatilityMethod.GARCH;
  }

  /** A new one for a listed instrument; null for another, or where there is nothing to do. */
  BarWatch barWatch(String id) {
    MarketTerms market = configuration.market();
    return market.needsBars() && instrument(id) != null ? new BarWatch(id, market) : null;
  }

  List<CrashRule> crashRules() {
    return configuration.crashRules();
  }

  /**
   * How far back a front that knows nothing has to read the market, microseconds: twice the longest
   * crash window, because whether an episode lasts is told by the trades of one window, and how far
   * each of those has fallen by the prices of the window before it; at least a quarter of an hour.
   */
  public long historyUs() {
    long longestMs = crashRules().stream().mapToLong(CrashRule::windowMs).max().orElse(0);
    return Math.max(LEAST_HISTORY_US, 2 * longestMs * 1_000);
  }

  boolean isPaper() {
    return configuration.execution().mode() == Execution.Mode.PAPER;
  }

  /** Whether time passes by itself, and not only with market data. */
  public boolean isWallClock() {
    return configuration.clock() == Configuration.ClockSource.WALL;
  }

  long latencyUs() {
    return configuration.execution().latencyUs();
  }

  List<StrategyChoice> strategies() {
    return configuration.strategies();
  }

  boolean isKnown(String account) {
    return configuration.accounts().containsKey(account);
  }
}
