package io.sluice.domain.config;

import io.sluice.domain.market.bar.BarInterval;
import io.sluice.domain.risk.limit.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How the parts of a configuration fit together. */
final class ConfigurationChecks {
  private ConfigurationChecks() {}

  static void check(Configuration configuration, Section root) {
    root.each("accounts", section -> account(configuration, section.text("id"), section));
    models(configuration, root);
    for (Section section : root.list("strategies")) {
      if (!configuration.accounts().containsKey(section.text("account"))) {
        section.fault(
            section.wrong(
                "account",
                "the account that it trades for, one of " + configuration.accounts().keySet()));
      }
    }
    Map<String, Account> firstOf = new TreeMap<>();
    for (Account account : configuration.accounts().values()) {
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
        if (!isKnown(configuration, Scope.parse(section.text("scope")))) {
          section.fault(
              section.wrong(
                  "scope",
                  "one that is configured: limits here apply to nothing that is configured; name"
                      + " another, or take them out"));
        }
      }
    }
    configuration.rules().checkAgainst(configuration.instruments().values(), root);
    if (configuration.idWindowUs() <= 2 * configuration.maxClockSkewUs()) {
      root.fault(
          root.wrong(
              "id_window",
              "more than twice max_clock_skew_ms, so that a forgotten id is too old to pass"));
    }
    if (configuration.fillWindowUs() < configuration.idWindowUs()) {
      root.fault(root.wrong("fill_window", "at least id_window"));
    }
    if (configuration.authority() == Configuration.Authority.OPEN
        && configuration.clock() == Configuration.ClockSource.WALL) {
      root.fault(
          root.wrong(
              "control",
              "authority tighten or signed: open is for replay and demo, with clock event"));
    }
  }

  private static void account(Configuration configuration, String id, Section section) {
    Account account = configuration.accounts().get(id);
    if (!configuration.profiles().containsKey(account.profile())) {
      section.fault(
          section.wrong(
              "profile",
              "one of profiles " + configuration.profiles().keySet() + ", or one packaged"));
    }
    if (Configuration.UNASSIGNED.equals(account.group())) {
      section.fault(
          section.wrong(
              "group", "another than " + Configuration.UNASSIGNED + ", kept for unknown accounts"));
    }
  }

  private static boolean isKnown(Configuration configuration, Scope scope) {
    return switch (scope.kind()) {
      case FIRM -> true;
      case DESK, ACCOUNT, STRATEGY -> !configuration.groupsOf(scope).isEmpty();
      case INSTRUMENT -> configuration.instruments().containsKey(scope.name());
      case VENUE ->
          configuration.instruments().values().stream()
              .anyMatch(instrument -> instrument.venue().equals(scope.name()));
    };
  }

  private static void models(Configuration configuration, Section root) {
    Set<String> names = new HashSet<>();
    configuration.strategies().forEach(choice -> names.add(choice.name()));
    for (Section section : root.list("models")) {
      if (!names.add(section.text("name"))) {
        section.fault(section.wrong("name", "one that no other model and no strategy has"));
      }
      if (section.has("account")
          && !configuration.accounts().containsKey(section.text("account"))) {
        section.fault(
            section.wrong(
                "account",
                "the account that it trades for, one of " + configuration.accounts().keySet()));
      }
      if (!configuration
          .features()
          .intervals()
          .contains(BarInterval.of(section.text("interval")))) {
        section.fault(section.wrong("interval", "one of features.intervals"));
      }
    }
  }
}
