package io.sluice.domain.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The whole configuration, validated. It has one shape wherever it stands: in the YAML file, and as
 * a risk group's part of it in config entries.
 */
public record Configuration(
    Map<String, Instrument> instruments,
    Map<String, Account> accounts,
    Map<String, Profile> profiles,
    Map<Scope, LimitSet> limits,
    Map<Scope, LimitSet> shadowLimits,
    List<CrashRule> crashRules,
    ClockSource clock,
    ControlTerms control,
    long idWindowUs,
    long fillWindowUs,
    long maxClockSkewUs,
    long validForUs,
    long maxSourceSilenceUs,
    BigDecimal marketWorstCase,
    Execution execution,
    List<StrategyChoice> strategies,
    CurrencyRates rates,
    RuleTerms rules,
    Authorship change,
    FeatureTerms features,
    MarketTerms market,
    List<ModelChoice> models) {

  /** The group that answers intents of unknown accounts; it has no accounts of its own. */
  public static final String UNASSIGNED = "unassigned";

  /** What tells the gate the time. */
  public enum ClockSource {
    EVENT,
    WALL
  }

  /** Which control commands count. */
  public enum Authority {
    /** Every command. */
    OPEN,
    /** Halts and tightening; loosening is refused. */
    TIGHTEN,
    /** What one person has signed, and two where it loosens. */
    SIGNED
  }

  public Configuration {
    instruments = Collections.unmodifiableMap(new LinkedHashMap<>(instruments));
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    profiles = Collections.unmodifiableMap(new TreeMap<>(profiles));
    limits = Collections.unmodifiableMap(new TreeMap<>(limits));
    shadowLimits = Collections.unmodifiableMap(new TreeMap<>(shadowLimits));
    crashRules = List.copyOf(crashRules);
    strategies = List.copyOf(strategies);
  }

  /**
   * Reads and validates a configuration.
   *
   * @param source where it comes from, for messages
   * @throws ConfigurationException naming source, key, value and what was expected
   */
  public static Configuration parse(String source, JsonNode node) {
    return valid(Section.root(source, node));
  }

  /**
   * Reads a configuration out of state, an entry or a journal. A build has accepted it: what later
   * builds ask of people beside that is not asked of it.
   *
   * @throws ConfigurationException as {@link #parse}
   */
  public static Configuration accepted(String source, JsonNode node) {
    return valid(Section.accepted(source, node));
  }

  private static Configuration valid(Section root) {
    Configuration configuration = ConfigurationReader.read(root);
    ConfigurationChecks.check(configuration, root);
    return configuration;
  }

  /**
   * Everything that is wrong with a configuration: first with its parts, each by itself; where
   * those are right, with how they fit together. None where {@link #parse} reads it.
   */
  public static List<Fault> faults(String source, JsonNode node) {
    List<Fault> faults = new ArrayList<>();
    Section root = Section.noting(source, node, faults);
    Configuration configuration = root.attempt(() -> ConfigurationReader.read(root));
    if (faults.isEmpty()) {
      ConfigurationChecks.check(configuration, root);
    }
    return faults;
  }

  /** The keys at the top of a configuration. */
  public static List<String> keys() {
    return ConfigurationReader.KEYS;
  }

  public Authority authority() {
    return control.authority();
  }

  /** The risk group of an account; {@link #UNASSIGNED} for an unknown one. */
  public String groupOf(String account) {
    Account known = accounts.get(account);
    return known == null ? UNASSIGNED : known.group();
  }

  /** All groups that have accounts, and {@link #UNASSIGNED}, sorted. */
  public Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    accounts.values().forEach(account -> groups.add(account.group()));
    groups.add(UNASSIGNED);
    return groups;
  }

  /**
   * The groups in which a scope has accounts, sorted; all with accounts for the firm, an instrument
   * or a venue.
   */
  public Set<String> groupsOf(Scope scope) {
    Predicate<Account> isIn =
        switch (scope.kind()) {
          case FIRM, INSTRUMENT, VENUE -> account -> true;
          case DESK -> account -> scope.name().equals(account.desk());
          case ACCOUNT -> account -> scope.name().equals(account.id());
          case STRATEGY -> account -> scope.accountOfStrategy().equals(account.id());
        };
    Set<String> groups = new TreeSet<>();
    accounts.values().stream().filter(isIn).forEach(account -> groups.add(account.group()));
    return groups;
  }

  /**
   * The groups a command for a scope goes to, {@code null} being a scope that does not read: where
   * it touches none, it goes where it is refused.
   */
  public Set<String> groupsToTell(Scope scope) {
    Set<String> groups = scope == null ? Set.of() : groupsOf(scope);
    return groups.isEmpty() ? Set.of(UNASSIGNED) : groups;
  }

  /**
   * Aggregate limits bound the part of their scope that lies in one group; these scopes have more
   * than one part.
   */
  public List<Scope> scopesThatSpanGroups() {
    return limits.keySet().stream().filter(scope -> groupsOf(scope).size() > 1).toList();
  }

  /**
   * What a group's fold needs to know: its own accounts, and everything that is not an account's.
   */
  public Configuration forGroup(String group) {
    Map<String, Account> own = new LinkedHashMap<>();
    Set<String> ownProfiles = new LinkedHashSet<>();
    for (Account account : accounts.values()) {
      if (account.group().equals(group)) {
        own.put(account.id(), account);
        ownProfiles.add(account.profile());
      }
    }
    Map<String, Profile> keptProfiles = new TreeMap<>(profiles);
    keptProfiles.keySet().retainAll(ownProfiles);
    return with(
        own,
        keptProfiles,
        keptIn(group, limits),
        keptIn(group, shadowLimits),
        List.of(),
        FeatureTerms.NONE,
        MarketTerms.DEFAULT,
        List.of());
  }

  private Map<Scope, LimitSet> keptIn(String group, Map<Scope, LimitSet> byScope) {
    Map<Scope, LimitSet> kept = new TreeMap<>(byScope);
    kept.keySet().removeIf(scope -> isOfAccounts(scope) && !groupsOf(scope).contains(group));
    return kept;
  }

  private Configuration with(
      Map<String, Account> otherAccounts,
      Map<String, Profile> otherProfiles,
      Map<Scope, LimitSet> otherLimits,
      Map<Scope, LimitSet> otherShadowLimits,
      List<StrategyChoice> otherStrategies,
      FeatureTerms otherFeatures,
      MarketTerms otherMarket,
      List<ModelChoice> otherModels) {
    return new Configuration(
        instruments,
        otherAccounts,
        otherProfiles,
        otherLimits,
        otherShadowLimits,
        crashRules,
        clock,
        control,
        idWindowUs,
        fillWindowUs,
        maxClockSkewUs,
        validForUs,
        maxSourceSilenceUs,
        marketWorstCase,
        execution,
        otherStrategies,
        rates,
        rules,
        change,
        otherFeatures,
        otherMarket,
        otherModels);
  }

  /** The same without built-in strategies. */
  public Configuration withoutStrategies() {
    return with(accounts, profiles, limits, shadowLimits, List.of(), features, market, models);
  }

  private static boolean isOfAccounts(Scope scope) {
    return switch (scope.kind()) {
      case DESK, ACCOUNT, STRATEGY -> true;
      case FIRM, INSTRUMENT, VENUE -> false;
    };
  }

  /** Why {@code next} cannot take the place of this configuration, or null where it can. */
  public String refusalOf(Configuration next) {
    return Succession.refusal(this, next);
  }

  /** Writes the configuration in the shape it is read from. */
  public void write(JsonWriter json) {
    ConfigurationWriter.write(this, json);
  }
}
