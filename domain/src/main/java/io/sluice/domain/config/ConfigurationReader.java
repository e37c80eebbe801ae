package io.sluice.domain.config;

import io.sluice.domain.market.crash.CrashRule;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a configuration part by part; what is absent is at its default. */
final class ConfigurationReader {
  static final List<String> KEYS =
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
                  "features",
                  "models"),
              Stream.concat(RuleTerms.KEYS.stream(), MarketTerms.KEYS.stream()))
          .toList();
  private static final List<CrashRule> DEFAULT_CRASH_RULES =
      List.of(
          new CrashRule(10_000, new BigDecimal("0.02")),
          new CrashRule(60_000, new BigDecimal("0.05")),
          new CrashRule(600_000, new BigDecimal("0.10")));
  private static final long TEN_MINUTES_US = 600_000_000L;
  private static final long SEVEN_DAYS_US = 7 * 86_400_000_000L;
  private static final long HOUR_MS = 3_600_000L;
  static final long MINUTE_US = 60_000_000L;
  private static final long SECOND_US = 1_000_000L;
  private static final long DAY_US = 86_400_000_000L;

  private ConfigurationReader() {}

  static Configuration read(Section root) {
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
        root.enumOf("clock", Configuration.ClockSource.class, Configuration.ClockSource.EVENT),
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
        features(root, instruments),
        MarketTerms.parse(root),
        root.list("models").stream().map(ModelChoice::parse).toList());
  }

  /** It is looked at once a second. */
  private static long maxSourceSilenceUs(Section root) {
    long us = root.durationUs("max_source_silence", MINUTE_US);
    if (us < SECOND_US || us > DAY_US) {
      root.fault(root.wrong("max_source_silence", "a duration from 1s to 1d"));
    }
    return us;
  }

  /** Replay and demo run on the event clock and take every command; a live gate only tightens. */
  private static Configuration.Authority defaultAuthority(Section root) {
    return root.enumOf("clock", Configuration.ClockSource.class, Configuration.ClockSource.EVENT)
            == Configuration.ClockSource.EVENT
        ? Configuration.Authority.OPEN
        : Configuration.Authority.TIGHTEN;
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

  private static FeatureTerms features(Section root, Map<String, Instrument> listed) {
    FeatureTerms terms = root.attempt(() -> FeatureTerms.parse(root, listed));
    return terms == null ? FeatureTerms.NONE : terms;
  }
}
