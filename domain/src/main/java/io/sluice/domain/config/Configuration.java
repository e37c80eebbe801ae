package io.sluice.domain.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.domain.json.JsonWriter;
import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.limit.LimitKey;
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
import java.util.stream.Stream;

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
    FeatureTerms features) {

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

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  "instruments",
                  "accounts",
                  "profiles",
                  "limits",
                  "shadow_limits",
                  "crash_rules",
                  "clock",
                  "control",
                  "id_window",
                  "fill_window",
                  "max_clock_skew_ms",
                  "valid_for_ms",
                  "max_source_silence",
                  "market_worst_case",
                  "execution",
                  "strategies",
                  "rates",
                  Authorship.KEY,
                  "features"),
              RuleTerms.KEYS.stream())
          .toList();
  private static final List<CrashRule> DEFAULT_CRASH_RULES =
      List.of(
          new CrashRule(10_000, new BigDecimal("0.02")),
          new CrashRule(60_000, new BigDecimal("0.05")),
          new CrashRule(600_000, new BigDecimal("0.10")));
  private static final long TEN_MINUTES_US = 600_000_000L;
  private static final long SEVEN_DAYS_US = 7 * 86_400_000_000L;
  private static final long HOUR_MS = 3_600_000L;
  private static final long MINUTE_US = 60_000_000L;
  private static final long SECOND_US = 1_000_000L;
  private static final long DAY_US = 86_400_000_000L;

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
    Configuration configuration = read(root);
    configuration.validate(root);
    return configuration;
  }

  /** It is looked at once a second. */
  private static long maxSourceSilenceUs(Section root) {
    long us = root.durationUs("max_source_silence", MINUTE_US);
    if (us < SECOND_US || us > DAY_US) {
      root.fault(root.wrong("max_source_silence", "a duration from 1s to 1d"));
    }
    return us;
  }

  /**
   * Everything that is wrong with a configuration: first with its parts, each by itself; where
   * those are right, with how they fit together. None where {@link #parse} reads it.
   */
  public static List<Fault> faults(String source, JsonNode node) {
    List<Fault> faults = new ArrayList<>();
    Section root = Section.noting(source, node, faults);
    Configuration configuration = root.attempt(() -> read(root));
    if (faults.isEmpty()) {
      configuration.validate(root);
    }
    return faults;
  }

  private static Configuration read(Section root) {
    root.allow(KEYS.toArray(String[]::new));
    Map<String, Instrument> instruments = instruments(root);
    long idWindowUs = root.durationUs("id_window", TEN_MINUTES_US);
    return new Configuration(
        instruments,
        accounts(root),
        profiles(root),
        limits(root, "limits"),
        shadowLimits(root),
        crashRules(root),
        root.enumOf("clock", ClockSource.class, ClockSource.EVENT),
        root.attempt(() -> ControlTerms.parse(root.section("control"), defaultAuthority(root))),
        idWindowUs,
        root.durationUs("fill_window", Math.max(SEVEN_DAYS_US, idWindowUs)),
        root.whole("max_clock_skew_ms", 0, HOUR_MS, 5_000) * 1_000,
        root.whole("valid_for_ms", 1, HOUR_MS, 5_000) * 1_000,
        maxSourceSilenceUs(root),
        root.positive("market_worst_case", new BigDecimal("0.05")),
        root.attempt(() -> Execution.parse(root.section("execution"))),
        strategies(root),
        root.attempt(() -> CurrencyRates.parse(root, instruments)),
        RuleTerms.parse(root),
        root.attempt(() -> Authorship.parse(root.section(Authorship.KEY))),
        features(root));
  }

  private static FeatureTerms features(Section root) {
    FeatureTerms terms = root.attempt(() -> FeatureTerms.parse(root));
    return terms == null ? FeatureTerms.NONE : terms;
  }

  private boolean isKnown(Scope scope) {
    return switch (scope.kind()) {
      case FIRM -> true;
      case DESK, ACCOUNT, STRATEGY -> !groupsOf(scope).isEmpty();
      case INSTRUMENT -> instruments.containsKey(scope.name());
      case VENUE ->
          instruments.values().stream()
              .anyMatch(instrument -> instrument.venue().equals(scope.name()));
    };
  }

  /** Replay and demo run on the event clock and take every command; a live gate only tightens. */
  private static Authority defaultAuthority(Section root) {
    return root.enumOf("clock", ClockSource.class, ClockSource.EVENT) == ClockSource.EVENT
        ? Authority.OPEN
        : Authority.TIGHTEN;
  }

  private void validate(Section root) {
    root.each("accounts", section -> validateAccount(section.text("id"), section));
    for (Section section : root.list("strategies")) {
      if (!accounts.containsKey(section.text("account"))) {
        section.fault(
            section.wrong(
                "account", "the account that it trades for, one of " + accounts.keySet()));
      }
    }
    Map<String, Account> firstOf = new TreeMap<>();
    for (Account account : accounts.values()) {
      Account first = firstOf.putIfAbsent(account.group(), account);
      if (first != null && !first.currency().equals(account.currency())) {
        root.beyond(
            root.refused(
                "account "
                    + account.id()
                    + " counts in "
                    + account.currency()
                    + " and account "
                    + first.id()
                    + " of the same group "
                    + account.group()
                    + " in "
                    + first.currency()
                    + ", so that their sums have no currency; give them the same, or another"
                    + " group"));
      }
    }
    for (String key : List.of("limits", "shadow_limits")) {
      for (Section section : root.list(key)) {
        if (!isKnown(Scope.parse(section.text("scope")))) {
          section.fault(
              section.wrong(
                  "scope",
                  "one that is configured: limits here apply to nothing that is configured; name"
                      + " another, or take them out"));
        }
      }
    }
    rules.checkAgainst(instruments.values(), root);
    if (idWindowUs <= 2 * maxClockSkewUs) {
      root.fault(
          root.wrong(
              "id_window",
              "more than twice max_clock_skew_ms, so that a forgotten id is too old to pass"));
    }
    if (fillWindowUs < idWindowUs) {
      root.fault(root.wrong("fill_window", "at least id_window"));
    }
    if (authority() == Authority.OPEN && clock == ClockSource.WALL) {
      root.fault(
          root.wrong(
              "control",
              "authority tighten or signed: open is for replay and demo, with clock event"));
    }
  }

  private void validateAccount(String id, Section section) {
    Account account = accounts.get(id);
    if (!profiles.containsKey(account.profile())) {
      section.fault(
          section.wrong("profile", "one of profiles " + profiles.keySet() + ", or one packaged"));
    }
    if (UNASSIGNED.equals(account.group())) {
      section.fault(
          section.wrong("group", "another than " + UNASSIGNED + ", kept for unknown accounts"));
    }
  }

  private static Map<String, Instrument> instruments(Section root) {
    Map<String, Instrument> byId = new LinkedHashMap<>();
    root.each(
        "instruments",
        section -> {
          Instrument instrument = Instrument.parse(section);
          if (byId.put(instrument.id(), instrument) != null) {
            throw section.wrong("id", "every instrument once");
          }
        });
    return byId;
  }

  private static Map<String, Account> accounts(Section root) {
    Map<String, Account> byId = new LinkedHashMap<>();
    root.each(
        "accounts",
        section -> {
          Account account = Account.parse(section);
          if (byId.put(account.id(), account) != null) {
            throw section.wrong("id", "every account once");
          }
        });
    return byId;
  }

  private static Map<String, Profile> profiles(Section root) {
    Map<String, Profile> byName = new TreeMap<>();
    Section section = root.section("profiles");
    for (String name : section.keys()) {
      Profile profile = section.attempt(() -> Profile.parse(section.section(name)));
      byName.put(name, profile == null ? Profile.EMPTY : profile);
    }
    return byName;
  }

  /** A breaker is a matter of what became of the orders it let through, so none can be on trial. */
  private static Map<Scope, LimitSet> shadowLimits(Section root) {
    Map<Scope, LimitSet> byScope = limits(root, "shadow_limits");
    for (LimitSet set : byScope.values()) {
      for (LimitKey key : set.limits().keySet()) {
        if (key.isBreaker()) {
          root.fault(
              root.refused(
                  "shadow_limits sets "
                      + key.key()
                      + ", a breaker, expected limits that bound single orders and exposure"));
        }
      }
    }
    return byScope;
  }

  private static Map<Scope, LimitSet> limits(Section root, String at) {
    Map<Scope, LimitSet> byScope = new TreeMap<>();
    root.each(
        at,
        section -> {
          Scope scope = Scope.parse(section.text("scope"));
          if (scope == null) {
            throw section.wrong(
                "scope",
                "firm, desk:NAME, account:ID, strategy:ACCOUNT/NAME, instrument:ID or venue:NAME");
          }
          if (byScope.put(scope, LimitSet.parse(section, scope.kind(), "scope")) != null) {
            throw section.wrong("scope", "every scope once");
          }
        });
    return byScope;
  }

  private static List<CrashRule> crashRules(Section root) {
    if (!root.has("crash_rules")) {
      return DEFAULT_CRASH_RULES;
    }
    List<CrashRule> rules = new ArrayList<>();
    root.each(
        "crash_rules",
        section -> {
          section.allow("window_ms", "drop");
          long windowMs = section.whole("window_ms", 1, 24 * HOUR_MS);
          BigDecimal drop = section.positive("drop");
          if (drop.compareTo(BigDecimal.ONE) >= 0) {
            throw section.wrong("drop", "a fraction above 0 and below 1");
          }
          rules.add(new CrashRule(windowMs, drop));
        });
    return rules;
  }

  private static List<StrategyChoice> strategies(Section root) {
    return root.list("strategies").stream().map(StrategyChoice::parse).toList();
  }

  /** The keys at the top of a configuration. */
  public static List<String> keys() {
    return KEYS;
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
        FeatureTerms.NONE);
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
      FeatureTerms otherFeatures) {
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
        otherFeatures);
  }

  /**
   * Why {@code next} cannot take the place of this configuration, or null where it can. Books are
   * kept per group and in an account's terms: an account stays, in its group, of its kind and in
   * its currency, and paper books do not become real ones.
   */
  public String refusalOf(Configuration next) {
    for (Account before : accounts.values()) {
      Account after = next.accounts.get(before.id());
      if (after == null) {
        return "the configuration takes the account "
            + before.id()
            + " out of group "
            + before.group()
            + "; its books cannot move, keep it there";
      }
      if (!after.group().equals(before.group())) {
        return "the configuration moves the account "
            + before.id()
            + " from group "
            + before.group()
            + " to "
            + after.group()
            + "; its books cannot move, keep it there and add another account to "
            + after.group();
      }
      if (after.kind() != before.kind() || !after.currency().equals(before.currency())) {
        return "the configuration changes kind or currency of the account "
            + before.id()
            + ", in which its books are kept; add another account instead";
      }
    }
    return accounts.isEmpty() || next.execution.mode() == execution.mode()
        ? null
        : "the configuration changes execution.mode from "
            + execution.mode()
            + " to "
            + next.execution.mode()
            + ", and paper books are no real ones; start with empty state instead";
  }

  /** The same without built-in strategies. */
  public Configuration withoutStrategies() {
    return with(accounts, profiles, limits, shadowLimits, List.of(), features);
  }

  private static boolean isOfAccounts(Scope scope) {
    return switch (scope.kind()) {
      case DESK, ACCOUNT, STRATEGY -> true;
      case FIRM, INSTRUMENT, VENUE -> false;
    };
  }

  private static void write(Map<Scope, LimitSet> byScope, JsonWriter json) {
    json.beginArray();
    byScope.forEach(
        (scope, set) -> {
          json.beginObject().name("scope").value(scope.toString());
          set.writeInto(json);
          json.endObject();
        });
    json.endArray();
  }

  /** Writes the configuration in the shape it is read from. */
  public void write(JsonWriter json) {
    json.beginObject().name("instruments").beginArray();
    instruments.values().forEach(instrument -> instrument.write(json));
    json.endArray().name("accounts").beginArray();
    accounts.values().forEach(account -> account.write(json));
    json.endArray().name("profiles").beginObject();
    profiles.forEach(
        (name, profile) -> {
          json.name(name);
          profile.write(json);
        });
    json.endObject().name("limits");
    write(limits, json);
    if (!shadowLimits.isEmpty()) {
      json.name("shadow_limits");
      write(shadowLimits, json);
    }
    json.name("crash_rules").beginArray();
    for (CrashRule rule : crashRules) {
      json.beginObject()
          .name("window_ms")
          .value(rule.windowMs())
          .name("drop")
          .value(rule.drop())
          .endObject();
    }
    json.endArray().name("clock").value(clock).name("control");
    control.write(json);
    json.name("id_window").value(io.sluice.domain.json.Durations.print(idWindowUs));
    json.name("fill_window").value(io.sluice.domain.json.Durations.print(fillWindowUs));
    json.name("max_clock_skew_ms")
        .value(maxClockSkewUs / 1_000)
        .name("valid_for_ms")
        .value(validForUs / 1_000);
    if (maxSourceSilenceUs != MINUTE_US) {
      json.name("max_source_silence")
          .value(io.sluice.domain.json.Durations.print(maxSourceSilenceUs));
    }
    json.name("market_worst_case").value(marketWorstCase).name("execution");
    execution.write(json);
    json.name("strategies").beginArray();
    strategies.forEach(strategy -> strategy.write(json));
    json.endArray();
    rates.writeInto(json);
    rules.writeInto(json);
    change.writeInto(json);
    features.writeInto(json);
    json.endObject();
  }
}
