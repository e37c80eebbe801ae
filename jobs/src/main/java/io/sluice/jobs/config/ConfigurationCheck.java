package io.sluice.jobs.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.domain.config.Account;
import io.sluice.domain.config.Configuration;
import io.sluice.domain.config.ConfigurationException;
import io.sluice.domain.config.Fault;
import io.sluice.domain.config.Instrument;
import io.sluice.domain.config.Section;
import io.sluice.domain.risk.limit.LimitKey;
import io.sluice.domain.risk.limit.LimitSet;
import io.sluice.domain.risk.limit.Scope;
import io.sluice.jobs.archive.ArchiveSettings;
import io.sluice.jobs.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is wrong with a configuration file and the environment beside it, and what is
 * allowed and yet worth a look.
 *
 * @param faults in the order in which they are found
 * @param warnings said to a person
 */
public record ConfigurationCheck(List<Found> faults, List<String> warnings) {

  /**
   * A fault and where it stands.
   *
   * @param at {@code file:line}, or the environment variable that sets the value
   */
  public record Found(String at, Fault fault) {}

  /**
   * @param areSecretsLookedUp whether references to secrets have to lead somewhere on this machine
   * @throws IOException where the file cannot be read
   */
  public static ConfigurationCheck of(
      Path file, Map<String, String> environment, boolean areSecretsLookedUp) throws IOException {
    String name = file.getFileName().toString();
    byte[] yaml = Files.readAllBytes(file);
    List<Fault> faults = new ArrayList<>();
    EnvironmentOverrides variables =
        EnvironmentOverrides.of(environment, wrong -> faults.add(wrong.fault()));
    List<String> warnings = new ArrayList<>();
    try {
      JsonNode tree = ConfigurationFile.tree(name, yaml);
      variables.contradictions(name, tree).forEach(wrong -> faults.add(wrong.fault()));
      JsonNode whole = variables.over(tree);
      faultsOfServices(name, whole, areSecretsLookedUp, faults);
      List<Fault> ofRisk = Configuration.faults(name, ConfigurationFile.riskPart(whole));
      faults.addAll(ofRisk);
      if (ofRisk.isEmpty()) {
        warnings.addAll(warnings(Configuration.parse(name, ConfigurationFile.riskPart(whole))));
      }
    } catch (ConfigurationException unreadable) {
      faults.add(unreadable.fault());
    }
    YamlLines lines = YamlLines.of(yaml);
    return new ConfigurationCheck(
        faults.stream().map(fault -> new Found(at(fault, name, lines, variables), fault)).toList(),
        List.copyOf(warnings));
  }

  private static String at(
      Fault fault, String name, YamlLines lines, EnvironmentOverrides variables) {
    Integer line = lines.of(fault.field());
    String variable = variables.variableOf(fault.field());
    if (line == null && variable != null) {
      return variable;
    }
    Integer near = lines.near(fault.field());
    boolean isOfEnvironment = fault.source().equals("the environment");
    return isOfEnvironment ? fault.source() : near == null ? name : name + ":" + near;
  }

  private static void faultsOfServices(
      String name, JsonNode tree, boolean areSecretsLookedUp, List<Fault> faults) {
    if (!(tree instanceof ObjectNode)) {
      return;
    }
    Section root = Section.noting(name, tree, faults);
    if (root.has(ConfigurationFile.KAFKA)) {
      KafkaSettings kafka =
          root.attempt(() -> KafkaSettings.parse(root.section(ConfigurationFile.KAFKA)));
      if (kafka != null && areSecretsLookedUp) {
        root.attempt(
            () -> {
              kafka.requireSecrets();
              return null;
            });
      }
    }
    if (root.has(ConfigurationFile.CLICKHOUSE)) {
      root.attempt(() -> ArchiveSettings.parse(root.section(ConfigurationFile.CLICKHOUSE)));
    }
  }

  /** What is allowed and yet not what anybody would want unsaid. */
  public static List<String> warnings(Configuration configuration) {
    List<String> warnings = new ArrayList<>();
    for (Scope scope : configuration.scopesThatSpanGroups()) {
      warnings.add(
          "limits at "
              + scope
              + " hold for each risk group by itself, because its accounts are in "
              + configuration.groupsOf(scope)
              + ": put them into one group, or set each group's share");
    }
    unset(configuration)
        .forEach(
            (limit, where) ->
                warnings.add(
                    limit
                        + " is set at no scope that applies to "
                        + String.join(", ", where)
                        + ": R02 refuses every order there; set it, or write unlimited"));
    return warnings;
  }

  /** By required limit the accounts, with instruments where not all, whose orders lack it. */
  private static Map<String, List<String>> unset(Configuration configuration) {
    Map<String, List<String>> unset = new TreeMap<>();
    for (Account account : configuration.accounts().values()) {
      for (LimitKey key : LimitKey.values()) {
        if (!key.isRequired() || isSetForAccount(configuration, account, key)) {
          continue;
        }
        List<String> instruments =
            configuration.instruments().values().stream()
                .filter(instrument -> !isSetForInstrument(configuration, instrument, key))
                .map(Instrument::id)
                .toList();
        boolean isEverywhere = instruments.size() == configuration.instruments().size();
        if (!instruments.isEmpty()) {
          unset
              .computeIfAbsent(key.key(), none -> new ArrayList<>())
              .add(account.id() + (isEverywhere ? "" : " on " + String.join(", ", instruments)));
        }
      }
    }
    return unset;
  }

  private static boolean isSetForAccount(
      Configuration configuration, Account account, LimitKey key) {
    return configuration.profiles().get(account.profile()).get(key) != null
        || isSetAt(configuration, Scope.FIRM, key)
        || isSetAt(configuration, Scope.account(account.id()), key)
        || account.desk() != null && isSetAt(configuration, Scope.desk(account.desk()), key);
  }

  private static boolean isSetForInstrument(
      Configuration configuration, Instrument instrument, LimitKey key) {
    return isSetAt(configuration, Scope.parse("instrument:" + instrument.id()), key)
        || isSetAt(configuration, Scope.parse("venue:" + instrument.venue()), key);
  }

  private static boolean isSetAt(Configuration configuration, Scope scope, LimitKey key) {
    return configuration.limits().getOrDefault(scope, LimitSet.EMPTY).get(key) != null;
  }
}
