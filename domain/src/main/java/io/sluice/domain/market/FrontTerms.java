package io.sluice.domain.market;

import io.sluice.domain.config.AssetVenues;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ControlTerms;
import io.sluice.domain.config.Execution;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.MarketTerms;
import io.sluice.domain.config.ModelChoice;
import io.sluice.domain.config.StrategyChoice;
import io.sluice.domain.json.Times;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.market.feature.FeatureLayout;
import io.sluice.domain.market.feature.Peers;
import io.sluice.domain.market.volatility.VolatilityMethod;
import io.sluice.domain.market.volatility.VolatilityTerms;
import io.sluice.domain.scoring.Model;
import io.sluice.domain.scoring.Publications;
import io.sluice.domain.scoring.PublishedBundles;
import io.sluice.domain.scoring.Scorer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The part of the configuration that the front works by. */
public final class FrontTerms {
  private static final long LEAST_HISTORY_US = 15 * 60 * Times.SECOND_US;

  private final Configuration configuration;
  private final AssetVenues venues;
  private final FeatureLayout features;
  private final List<Model> models = new ArrayList<>();
  private final PublishedBundles bundles;
  private final Publications standing;

  /** Without models. */
  public FrontTerms(Configuration configuration) {
    this(configuration, choice -> null, PublishedBundles.NONE, new Publications());
  }

  /**
   * @param load makes a model of a choice; null where there is none that can be used
   * @param bundles loads those that commands publish
   * @param standing what commands have published before, for instruments of which nothing is known
   */
  public FrontTerms(
      Configuration configuration,
      Function<ModelChoice, Model> load,
      PublishedBundles bundles,
      Publications standing) {
    this.configuration = configuration;
    this.bundles = bundles;
    this.standing = standing;
    this.venues = new AssetVenues(configuration.instruments().values());
    this.features = configuration.features().layout();
    for (ModelChoice choice : configuration.models()) {
      models.add(load.apply(choice));
    }
  }

  String groupOf(String account) {
    return configuration.groupOf(account);
  }

  /** The ids of the listed instruments. */
  public Set<String> listed() {
    return configuration.instruments().keySet();
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

  /** New ones for an instrument; of one that is not listed only the volatility of trades. */
  MarketAnalytics analytics(String id) {
    Instrument listed = instrument(id);
    return listed == null
        ? new MarketAnalytics(id, MarketTerms.DEFAULT, null, Peers.NONE)
        : new MarketAnalytics(
            id, configuration.market(), features, configuration.features().peersOf(listed, venues));
  }

  /** From which spread of an asset's prices on venues an event says so; NaN for none. */
  double arbitrageBound() {
    BigDecimal bound = configuration.features().arbitrage();
    return bound == null ? Double.NaN : bound.doubleValue();
  }

  /**
   * The other instruments by whose features a trade of each is looked at; an instrument that none
   * looks at is left out.
   */
  public Map<String, List<String>> watchers() {
    Map<String, List<String>> watchers = new TreeMap<>();
    for (Instrument listed : configuration.instruments().values()) {
      Peers peers = configuration.features().peersOf(listed, venues);
      Set<String> watched = new TreeSet<>(peers.venues());
      watched.addAll(peers.basket());
      for (String other : watched) {
        watchers.computeIfAbsent(other, key -> new ArrayList<>()).add(listed.id());
      }
    }
    return watchers;
  }

  /** Whether models of volatility are fitted. */
  public boolean fitsModels() {
    VolatilityTerms volatility = configuration.market().volatility();
    return volatility != null && volatility.method() == VolatilityMethod.GARCH;
  }

  /**
   * New ones for an instrument that is listed, in the order of the configuration; null in place of
   * a model that cannot be used.
   */
  List<Scorer> scorers(String id) {
    List<Scorer> scorers = new ArrayList<>();
    for (int i = 0; instrument(id) != null && i < models.size(); i++) {
      scorers.add(models.get(i) == null ? null : scorer(i, models.get(i)));
    }
    return scorers;
  }

  /**
   * A model in the place of one of the configuration.
   *
   * @throws io.sluice.domain.scoring.BundleException where it wants other features than there are
   */
  Scorer scorer(int place, Model model) {
    ModelChoice choice = models().get(place);
    return new Scorer(choice, model, features.schemaOf(choice.interval()));
  }

  List<ModelChoice> models() {
    return configuration.models();
  }

  PublishedBundles bundles() {
    return bundles;
  }

  Publications standing() {
    return standing;
  }

  ControlTerms control() {
    return configuration.control();
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

  /** The built-in strategies that trade an instrument; none where it is not listed. */
  List<StrategyChoice> strategies(String id) {
    return instrument(id) == null ? List.of() : configuration.strategies();
  }

  boolean isKnown(String account) {
    return configuration.accounts().containsKey(account);
  }
}
